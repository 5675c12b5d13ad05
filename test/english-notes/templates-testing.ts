/**
 * English templates of the test set, written before the tuning set and before the rules were
 * worked on; no rule is made after them. One template a line, \n for a line end, ~ at the begin for
 * a note in lower case throughout. Slots are named in slots.ts.
 */
export const TESTING_TEMPLATES: readonly string[] = String.raw`
{age}yo {sex} brought in by ambulance from {town} with crushing chest pain, given aspirin en route.
Thank you for referring this pleasant {age} year old gentleman, who works as a plumber for {firm}.
{title} {surname}, aged {age}, was admitted under my care on {date} following a fall at home in {town}.
Pt is a {age} y.o. {people} female with poorly controlled asthma. Lives alone. Daughter {given} is next of kin.
Referral source: {hospital}\nPatient: {name}\nAge: {age}\nPresenting complaint: shortness of breath on exertion
Dear colleague, I reviewed {name} in the diabetic clinic at {hospital} today. At {age} she remains fit and active.
Handover: bed 4, {title} {surname}, {age}, day two after hip replacement, obs stable, pain well managed with paracetamol.
Infant is {months} months old, feeding well. Mother {given}, {age}, recently arrived from {country}.
The patient, a retired teacher in her {decade}, moved to {town} from {city} after her husband died.
~{given} is {age} and lives in {town} with two cats, no carers, mobility with a frame
Transferred from {hospital} to our unit on {date}. Wife {given} informed by telephone on {phone}.
Family history: father had a stroke at {age}; a brother was diagnosed with bowel cancer at the age of {age}.
Travel history: returned from {country} ten days ago, stopped over in {city}. No fever since.
Social: ex-smoker, {people} origin, worked thirty years at {firm} in {town}.
Impression: {ageword}-year-old woman with new onset headaches. Plan: MRI, bloods, review in two weeks by Dr {surname}.
Vaccination record of {name}, born in {town}, {country}. Next dose due {date}.
{hospital}\nDischarge Summary\nConsultant: Dr {name}\nWard: 12B
Spoke to the son ({given}, {age}) who flew in from {city} last night; he confirms she has never had seizures.
Our {kid} year old was seen in A&E at {hospital} with a rash that would not fade.
She had her first child at {age} and went through the menopause at {age}.
I am writing to complain about the way I was treated by your branch in {town} on {date}.
Your driver, who gave his name as {given}, left my parcel with a stranger. {firm} should be ashamed.
I have been a customer of {bank} for over twenty years and have never been spoken to like this.
After three calls to {brand}'s helpline nobody could tell me where my refund was.
My {age}-year-old mother waited four hours in the cold because {brand} sent nobody.
The staff at {shop} in {town} were rude, the soup was cold and the bill was wrong. Ask for {given} instead.
I want this matter escalated to {agency} unless I hear from you by {date}.
On {date} I purchased a washing machine from {shop}; it broke down after nine days.
Please note that {title} {surname} from {firm} promised me a full repayment.
As a {people} citizen living in {city} I feel I was discriminated against by {agency}.
Dear Sir or Madam,\nI wish to apply for the post of warehouse clerk at {firm}. I am {age} and have a clean record.\nYours faithfully,\n{name}
I graduated from {school} and spent two years as an intern with {brand}, first in {city} and later in {town}.
Work history:\n- {firm}, {town}: cashier\n- {brand}, {city}: team leader\n- {hospital}: porter
Applicant: {name}\nNationality: {people}\nPlace of birth: {town}\nCurrent employer: {firm}
My name is {name}, I turned {age} in spring and I would like to open an account with {bank}.
References: {title} {name}, {school}; {title} {name}, {firm}.
I was born in {town} and raised in {region}, but I have called {city} home since I was {age}.
I left {firm} because the {city} office closed; before that I drove a van for {shop}.
He holds a degree from {school} and is a member of {union}.
~hi im {given}, {age}, looking for a room near {town}, i work at {brand} so i have steady income
Agent: Thank you for calling {bank}. My name is {given}, how can I help?\nCustomer: Hi, this is {name}.
Customer: I moved to {town} last month and my card still goes to the old address.
Hello, I tried to pay {firm} through the app but the transfer was declined.
The account is in the name of {name}, date of birth {date}, and the mobile is {phone}.
I'd like to send £300 to my sister {given} in {country}. Does {bank} charge for that?
~can you tell me why {brand} took two payments from my account, my name is {name}
Our records show that the card was used in {city} and again in {town}, {region}. Was that you?
Customer is {age}, retired, and was persuaded by a caller claiming to be from {agency}.
Salary is paid monthly by {firm}; rent goes out to {firm}.
Could I speak with {title} {surname} in the {town} branch, please?
Hi {given},\n\nJust a reminder that we are meeting the people from {brand} tomorrow.\n\nBest,\n{given}
From: {email}\nTo: {given} {surname}\nSubject: Trip to {city}
Please find attached the quote from {firm}. {given} will be out of office until {date}.
Kind regards,\n{name}\nHead of Procurement\n{firm}\n{phone}
{given}, could you forward this to {surname} at {agency}? They wanted it before {date}.
I'm flying to {city} on {date} and then taking the train to {town}.
{brand} has agreed to extend the contract, according to {given}.
The {brand} team in {country} will take over support from {given} and {given}.
Congratulations to {given}, who joins us from {firm}!
Minutes of the meeting\nPresent: {name}, {name}, {name}\nApologies: {given} ({brand})
At 22:40 officers attended an address in {town} where they spoke to the occupant, {name} ({age}).
The suspect, described as a white male aged about {age}, made off towards {town} town centre.
Witness {name}, {age}, of {town}, told officers she heard two loud bangs.
Missing person: {given} {surname}, {age}, last seen leaving {school} on {date}.
A man in his {decade} was arrested on suspicion of theft from {shop}.
The vehicle was registered to {firm} of {town} and had been hired by {title} {surname}.
Victim's brother {given} works for {agency} and can be reached on {phone}.
{name}, of no fixed abode, appeared at {town} Magistrates' Court charged with burglary.
Police in {region} have charged a {age}-year-old with dangerous driving.
Statement of {name}. Occupation: nurse at {hospital}. Age if under 18: over 18.
{given} is {kid} and settled quickly into her new class, though she misses her friends in {country}.
{given} {surname} transferred from {school} in January; her mother speaks {people} at home.
Year 9 report: {given} has made good progress in chemistry. {title} {surname} is pleased with his effort.
Parents of {given} asked for a meeting with {title} {surname} and someone from {agency}.
At {kid}, {given} could already read. At {kid}, he was playing chess for {region}.
Trip consent: I allow my child {name}, aged {kid}, to travel to {city}.
The boy, {kid}, was picked up by his grandfather, {title} {surname}.
Pupils from {school} raised money for {charity}.
{given}, who is {kid} years and {n} months, was assessed by an educational psychologist from {agency}.
Three of the pupils come from {country}, one from {country} and the rest from {town}.
Five stars! {given} at the {town} shop was so helpful. Will come back.
Ordered from {brand} twice, both times late. Never again.
We stayed in {town} for a week and loved it. {region} is beautiful in spring.
{brand} is hands down the best bakery in {city}.
I took my dad, who just turned {age}, to {shop} for his birthday. Lovely staff!
If you are ever in {country}, do not miss {city}.
~been using {brand} for {n} years and honestly the support has gone downhill
The food reminded me of {country}. {given} the owner is {people} and makes everything by hand.
Do not trust {firm}! They took my deposit and vanished.
Better than anything {brand} or {brand} have made.
Full name: {name}\nAge: {age}\nCity: {city}\nEmployer: {firm}\nEmail: {email}
Next of kin: {name} (daughter, {age}), {town}, tel. {phone}
GP practice: {hospital}\nSchool attended: {school}\nCountry of birth: {country}
Claimant {name} / Insurer {firm} / Date of loss {date} / Place of loss {town}
Place: {city} Date: {date} Signature: {name}
Ethnicity: {people}. Religion: {belief}. Interpreter needed: no.
Emergency contact: {given} {surname}, {street}, {town}
Age of youngest child: {kid}. Age of eldest child: {kid}.
Company: {firm}; contact: {name}; country: {country}
Beneficiary {name}, {bank}, {city}
~{given}: u coming to {town} on saturday?\n{given}: cant, im in {city} with {given}
~lol my grandma is {age} and still drives to {town} every week
btw {given} got the job at {brand}!! she starts on {date}
anyone else from {region} here? I'm in {town}, {age}F
~my bf ({age}) got a job offer from {brand} in {country} and im not sure what to do
I ({age}F) have been living with my boyfriend ({age}M) in {city} for two years.
Happy {ordinal} birthday {given}! Greetings from {country}.
met {given} in {town} today, she says hi. She's {age} now, can you believe it?
Is {given} still at {brand}? I thought she moved to {firm}.
does anybody know if {shop} in {town} is open tomorrow?
{brand} announced on {date} that it will close its plant in {town}, {country}.
{firm}, a {city}-based maker of pumps, said profits rose by 4 percent.
The {people} government has asked {brand} to explain the outage.
{name}, chief executive of {firm}, resigned after {n} years.
Talks between {country} and {country} broke down in {city} on {date}.
{given} {surname}, {age}, from {town}, won the race ahead of two {peoples}.
The river burst its banks near {town}, cutting off villages across {region}.
{charity} and {agency} have called for an inquiry.
{brand}, {brand} and {firm} all declined to comment.
According to {union}, a third of nurses over {age} plan to leave.
The novelist {name} was born in {town} in 1931 and died in {city} at {age}.
{surname} studied law at {school} before joining {agency} in {city}.
{region} is famous for its cheese; {town} for its market.
In {country}, children start school at {kid}.
Headquartered in {city}, {brand} employs {n} people.
The {town} Road was blocked, so we drove back to {town} instead.
{name}\n{firm}\n{street}\n{town}
{given} said that {brand} was cheaper than {brand}, but {given} would not listen.
Retired at {age}, he sold the business to {firm} and bought a boat in {country}.
`
  .trim()
  .split('\n')
  .map((line) => line.replaceAll(String.raw`\n`, '\n'));
