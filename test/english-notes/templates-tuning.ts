/** English templates for tuning the rules; written as those of the test set are. */
export const TUNING_TEMPLATES: readonly string[] = String.raw`
A {age}-year-old {people} man presented with a three day history of fever and rigors after a trip to {country}.
{age} y/o {sex} c/o lower back pain x 2 weeks, works in construction for {firm}.
Mrs {surname} ({age}) lives in sheltered housing in {town} and is visited daily by her niece {given}.
Pt {given} {surname}, {age}M, transferred to us from {hospital} overnight. NBM since midnight.
This {ageword} year old lady was seen at the request of her GP, Dr {surname}, of {hospital}.
Mother is {age}, father is {age}; both in good health. One sibling, {given}, who is {kid}.
{months}-month-old baby girl with poor weight gain, referred by the health visitor in {town}.
He first noticed the lump at {age} but did not seek help until he was {age}.
Night shift: {title} {surname} in side room 3 is {age} and for theatre tomorrow; daughter phones from {country} each evening.
Occupational history: thirty years as a welder at {firm}, then night porter at {hospital}.
Born and brought up in {region}, she came to {city} in her {decade}.
~{given} {surname} age {age} from {town}, allergic to penicillin, seen by dr {surname}
Discharged home to {town}. Follow up with {hospital} in six weeks. Community team at {agency} aware.
The patient's uncle died in {country} of a heart attack, aged {age}; her aunt lived to {age}.
Seen with interpreter as {given} speaks little English and is from {region}, {country}.
Name: {name}   Age/Sex: {age}/M   Referred by: Dr. {surname}, {hospital}
At {age} he underwent a bypass at {hospital} in {city}.
PMHx: asthma since childhood, appendix out at {kid}, hip replaced at {age}.
The child, now {kid} and a half, attends {school} and is cared for by her grandmother {given}.
Lives with partner, {given} ({age}), and their two children, {given} ({kid}) and {given} ({kid}).
I wish to raise a formal complaint about {firm} and the conduct of one of its engineers, {name}.
I have been with {brand} since 2011 and this is how you treat loyal customers?
You can check this with {title} {surname} at your {city} office, who confirmed it on {date}.
{brand} keeps blaming {brand} and I am stuck in the middle without a working line.
If {firm} does not refund me within fourteen days I shall go to {agency}.
Your nurse at {hospital} told my father, who is {age}, to go home and wait.
I bought the sofa from {shop} in {town} and it arrived torn.
My husband and I, both over {age}, were left standing at {town} station until midnight.
The manager of {shop}, one {name}, laughed at me.
My son ({kid}) choked on a button that came off a coat made by {brand}.
Dear {title} {surname},\n\nPlease accept this letter as my application for the position at {school}.\n\nSincerely,\n{name}
I have worked for {firm}, {brand} and, most recently, {charity}.
I am a {age} year old carpenter from {town}, {country}, seeking work in {city}.
Education: {school}, {city} - diploma in nursing
She previously held posts at {agency} and at {hospital} in {town}.
I speak Welsh and a little French, and I am willing to relocate to {city} or {town}.
Employment:\n2015-2019 {firm}, {city}\n2019-2023 {brand}, {town}
I joined {brand} as an apprentice at {kid} and became a foreman by {age}.
My referee is {name}, who manages the {town} depot of {firm}.
Applied to {school} and {school}, rejected by both; now a trainee at {brand}.
Thanks for contacting {bank}, you are chatting with {given}.
I'm {name} and I bank with {bank}; I have lost my card somewhere between {town} and {city}.
My employer {firm} says the wages were sent but nothing has arrived.
There is a charge from {brand} on my statement that I do not recognise.
I am travelling to {country} next week, will my card work in {city}?
~i live in {city} and i want to close my account with {bank}, my name's {name}
The direct debit to {charity} should have stopped in March.
I'm {age} and retiring soon. Can I move my pension from {firm} to {bank}?
You spoke to my wife {given} about our mortgage; she is on holiday in {region}.
Could someone at {brand} please ring me back on {phone}?
Hello {given},\n\nI have asked {firm} for a second quote and will let {surname} know.\n\nRegards,\n{given}
To: {given} {surname}\nFrom: {given} {surname}\nRe: visit to our {town} plant
We met with {brand} and {brand} last week; {given} took notes.
{given} has left {brand} and now works at {firm}.
{given} from {brand} will join the call from {city}.
The contract between {firm} and {firm} expires on {date}.
Best wishes,\n\n{name}\nAccount Manager, {brand}\n{city}
Invoice to: {firm}, {street}, {town}
The offsite is in {town} this year, then some of us go on to {city}, {country}.
Could you book {given} a flight to {city} and a hotel near the {brand} office?
On arrival we found {name}, {age}, of {street}, sitting on the pavement.
The complainant ({name}, {age}) says that a man with a {people} accent asked for money.
Suspect is a resident of {town} and is employed by {firm} as a driver.
Two men, aged {age} and {age}, were detained near {town}.
A {age}-year-old woman from {region} remains in custody.
PC {surname} attended the offices of {firm} in {town}.
The car, a silver Ford, was found burnt out in {town} on {date}.
He gave his name as {name} and said he had come from {city} by coach.
Officers from {agency} raided the premises of {firm}.
The {age}-year-old, named locally as {name}, was treated at {hospital}.
{given}, {kid}, is a cheerful boy who joined us from {school} in {town}.
{title} {surname}'s class visited {city} and {town} this term.
Form tutor: {title} {surname}. {given} is a pleasure to teach and has represented {school} at hockey.
{given}'s father works abroad for {brand}, and she lives with her {age}-year-old grandmother.
When {given} was {kid} the family moved from {country} to {town}.
My {kid} year old loves the after-school club run by {charity}.
Twins {given} and {given} are {kid} and started in September.
Attendance is low because the family spends long holidays in {country}.
The school nurse phoned {hospital} and spoke with {given}.
Children aged {kid} to {kid} may join; ask {given} at the office.
Great service from {given} at {shop}, would recommend to anyone near {town}.
{shop} beats {shop} any day. Try the dumplings!
I flew {brand} to {city} and they lost my bags.
Visited {city}, {town} and {region} in one week - exhausting but worth it.
My wife turned {age} and we celebrated in {town}.
I'm {age} and have bad knees, so the stairs at {shop} were a problem.
Anyone thinking of buying from {firm}: don't.
This {people} place in {town} is run by a couple from {country}.
~{brand} is way better than {brand}, never had an issue with delivery to {town}
We had {brand} do our kitchen. {given} and {given} were here three days, very tidy.
Name of child: {name}\nAge: {kid}\nSchool: {school}\nTown: {town}
Employer: {brand}\nJob title: driver\nManager: {name}
Surname: {surname}\nFirst name: {given}\nNationality: {people}\nCountry of residence: {country}
Name of insurer: {firm}\nPolicy holder: {name}, aged {age}
Destination: {city}; Purpose: visiting family; Sponsor: {firm}
Hospital: {hospital}   Consultant: {title} {surname}   Age: {age} yrs
Patient's age: {age}. Patient's birthplace: {town}, {country}.
Residence: {city}. Workplace: {brand}. Union: {union}.
Signed at {town} on {date} by {name} for and on behalf of {firm}
Guardian's name {name}, relationship aunt, age {age}
{given}: are you back from {country}?\n{given}: yes landed in {city} this morning
~my sister {given} is {age} and still lives with our parents in {town} lol
so {given} quit {brand} and is moving to {country}. {given} is devastated
Does {brand} ship to {country}?
Hey {given}, it's {given} from {school}! I'm in {city} until {date}.
I'm a {age} year old guy from {region}, just got diagnosed, AMA
Me ({age}F) and my husband ({age}) just bought a house in {town}.
~does anyone work for {brand} in {city}, is it any good
turned {age} yesterday, feel like {age}
Shout out to {given} at {brand}, she sorted my order in minutes
Shares in {brand} fell after {firm} pulled out of the deal.
{city} has overtaken {city} as the most expensive city, a report by {firm} says.
{country}, {country} and {country} signed the agreement in {city}.
The mayor of {town} thanked {charity} for its work.
{name}, a spokesman for {agency}, said the {people} authorities had been told.
The {peoples} and the {peoples} met again in {town}.
{firm} was founded in {town} in 1898 by {name}.
Members of {union} at {brand} walked out over pay.
{brand} buys {brand} for 2 million
{name} ({age}) will lead {brand} from {date}; she succeeds {name}, {age}.
The {city} office of {firm} is moving to {town}.
{given} {surname} was born in {region} to {people} parents and grew up in {city}.
Heavy snow fell over {region} and as far south as {town}.
The firm, {firm}, was based in {city}, {country}.
At {age}, {name} is the oldest player ever signed by {brand}.
{brand} chief {name} told reporters in {city} that sales were flat.
She lives between {town} and {city} and paints under the name {name}.
The {town}-based charity {charity} feeds {n} families.
Born in {country} in 1962, he trained at {hospital} before moving to {region}.
{name}\n{brand}\n{phone}\n{email}
On examination: BP 130/80, HR 72 regular, RR 16, SpO2 98% on room air, GCS 15/15, chest clear, abdomen soft.
Bloods: Hb 112, WCC 8.4, CRP 45, eGFR 62. CXR shows no consolidation. ECG: sinus rhythm, LBBB old.
Impression: 1. NSTEMI 2. AKI on CKD 3. Type 2 Diabetes Mellitus. Plan: IV fluids, hold ACE inhibitor, repeat U&E.
Medications: Ramipril 5 mg OD, Bisoprolol 2.5 mg, Apixaban 5 mg BD, Metformin 1 g BD, Paracetamol PRN.
Past Medical History: Hypertension, Atrial Fibrillation, Crohn's disease. Allergies: Penicillin (rash). Smoking Status: Never.
MRI Brain and MRA Neck performed without contrast. No evidence of acute infarct on DWI. Mild Small Vessel Disease.
The Terms and Conditions apply to all Current Accounts, Savings Accounts and Credit Cards.
Please see the attached Privacy Notice. Data Protection Officer details are in Section 4 of the Staff Handbook.
The printer in the Meeting Room shows Error Code 52; restarting Windows did not help, nor did a new USB cable.
Agenda: Welcome, Budget Update, Health and Safety, Any Other Business. Lunch at 12, back by 1.
English: A*. Maths: B. Science: C. Physical Education: very good. Homework: usually on time.
The recipe serves 4 to 6. Bake at 180 for 40 minutes until golden; it keeps for 3 days.
I waited 45 minutes on hold, was cut off twice, and then told to allow 28 days. Order total was 64.50, minus 10.
Line Manager's Comments: meets expectations. Objectives for Quarter 3 are to be agreed by Friday.
Rooms 12 to 18 are on the second floor. Bus 43 stops outside; it runs every 15 minutes at peak times.
Thermostat set at 21. Boiler pressure was 1.2 and is now 2. The engineer will come back with a new valve.
Chief executive {name} of {firm} said the {city} factory would shut.
{firm} and {firm} have formed a joint venture in {country}.
I work nights at {brand} in {town} and my manager {given} keeps changing the rota.
As an employee of {firm} I am bound by a contract that I signed in {city}.
My grandfather came over from {country} when he was {age} and opened a shop in {town}.
The coach from {city} to {town} was late again; {brand} ought to apologise.
We switched from {brand} to {brand} and saved a fortune.
The landlord, {title} {surname}, sold the flat to {firm}.
{given}'s sister, who is {age}, teaches at {school} in {region}.
Delivered by {brand}, signed for by {given}, no damage seen.
Grew up in {town}, studied in {city}, now living in {region}.
{given} ({age}, {town}) and {given} ({age}, {city}) both won a voucher from {brand}.
He is {age}, she is {age}, and the twins are {kid}.
We have three kids: {given} ({kid}), {given} ({kid}) and {given}, who is just {months} months.
My nan passed away last week at {age}. She had lived in {town} all her life.
Transfer of {name} (f, {age}) from {hospital} to {hospital}
On turning {age} I was told my cover with {firm} would lapse.
Thank you {given} and everyone at {shop}!
PATIENT: {name}\nAGE: {age}\nADDRESS: {street}, {town}\nHOSPITAL: {hospital}
Admitted {eight}, discharged {eight} to {town}. Clinic visit {weekday}, phone review {weekday}.
{name}, born {eight}, was seen on {weekday} by Dr {surname}; next appointment {weekday}.
`
  .trim()
  .split('\n')
  .map((line) => line.replaceAll(String.raw`\n`, '\n'));
