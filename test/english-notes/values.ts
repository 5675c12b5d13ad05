/**
 * Values to fill the English templates with, written by hand from general knowledge; the two sets
 * share none but the groups, honorifics and well-known cities. Many stand on no word list of the product, so that
 * the words around them have to tell.
 */
export interface EnglishValues {
  readonly given: string;
  readonly surnames: string;
  readonly towns: string;
  readonly cities: string;
  readonly countries: string;
  readonly regions: string;
  readonly coined: string;
  readonly fancy: string;
  readonly firmStems: string;
  readonly saints: string;
  readonly agencies: string;
  readonly banks: string;
  readonly unions: string;
  readonly charities: string;
  readonly shops: string;
  readonly schoolKinds: string;
  readonly streets: string;
}

/** Values of one kind are separated by bars. */
export const TUNING_VALUES: EnglishValues = {
  given:
    'Anna|Michael|Priya|Oluwaseun|Grzegorz|Fatima|Hye-jin|Thandiwe|Callum|Siobhan|Mateo|Ingeborg|Yusuf|Chantelle|Dmitri|Xiomara|Björn|Noor|Tevita|Wilhelmina|Hoang|Keziah|Ruaridh|Zsófia|Amare|Jo|Tyrell|Marguerite|Lwazi|Deepak|Sam|Aaliyah|Casimir|Blessing|Faith|Grace|Rose|Mark|Will|Tuulikki|Emeka|Parveen|Liam|Beatriz|Ioana|Kwabena|Suresh|Nell|Eszter|Tariq',
  surnames:
    'Okonkwo|Whitcombe|Fernandez|Nguyen|Kowalczyk|Brathwaite|Lindqvist|MacAllister|Ashworth|van der Berg|O’Hara|Mbeki|Rasmussen|Patel|Zhou|Abernethy|Tupou|Castellano|Haddad|Yilmaz|Dragomir|Featherstone|Ngwenya|Thorne|Iyer|Szalai|Baptiste|Nakagawa|Quigley|Penhaligon|Smith|Brown|Green|Young|Oyelaran|Tremblay|Strickland|Mukherjee|Vasquez|Halloran|Ekström|Bello|Cartwright|Drummond|Ferreira|Gill|Hussain|Jóhannsson|Lowe|Trevelyan',
  towns:
    'Little Snoring|Tenterden|Portree|Kirkby Lonsdale|Westhoughton|Moosonee|Yass|Wagga Wagga|Bletchley|Oundle|Sneem|Ballyvaughan|Ystradgynlais|Chipping Norton|Truth or Consequences|Winnemucca|Zeeland|Kalispell|Dogubayazit|Hveragerdi|Ouidah|Nakuru|Sibiu|Vlissingen|Ljungby|Mithi|Karratha|Ashby|Brightwater|Nantwich|Lostwithiel|Skibbereen|Cumbernauld|Peebles|Swaffham|St Ives|Bude|Tain|Ripon|Otley|Porth|Kilkeel|Oban|Saltash|Tavistock',
  cities:
    'London|New York|Mumbai|Lagos|Toronto|Berlin|São Paulo|Warsaw|Cape Town|Melbourne|Chicago|Seoul|Nairobi|Dublin|Glasgow|Leeds|San Francisco|Madrid|Dhaka|Kuala Lumpur',
  countries:
    'Nigeria|Poland|Ireland|India|the Netherlands|New Zealand|Kenya|Brazil|South Korea|Vietnam|Jamaica|Turkey|Norway|Mexico|Syria|Ghana|Iceland|Jordan|Cuba|Trinidad and Tobago|Sri Lanka|Somalia',
  regions:
    'Yorkshire|Bavaria|Ontario|Queensland|Andalusia|West Bengal|Texas|Cornwall|Galicia|the Highlands|Snowdonia|Northern Ontario|the Lake District|Oromia|Patagonia|Upper Silesia|County Mayo|the Western Cape|the Mekong Delta|Nova Scotia',
  coined:
    'Zentaro|Brixly|Novexa|Quantrix|Lumora|PayBright|Fenwire|Halcyra|Orbivo|Stackpine|Verity|Beacon|Tesco|Vodafone|Uber|KLM|BT|IKEA|Ryanair|Siemens|Netflix|DHL|Cloudberry|Mosaic|Pret|Boots|EDF|Skanska|GreenLeaf|easyHome|Trustwave|Amplon|Deliverio|Nordea|Octavia|Puma|NHS 111|Spotify|Barratt|Anthem',
  fancy:
    'Blue Harbour|Silver Birch|Red Kite|Bright Futures|Iron Bridge|Northern Lights|Golden Acre|Swift Response|Open Door|First Choice|Clear Water|True North|Urban Nest|Lakeside|Oak Tree',
  firmStems:
    'Hartwell|Delacroix|Brookvale|Sandford|Mayhew|Tannery Lane|Kestrel|Calder|Zimmerlin|Okafor|Petrosyan|Westmere|Hallam|Primrose|Corvus|Meridian|Trident|Falcon|Rowan|Ostrava',
  saints: 'St Mary|St Luke|St Bartholomew|Queen Elizabeth|King George|St Jude|St Vincent',
  agencies:
    'HMRC|the Environment Agency|the Home Office|the Ministry of Justice|Leeds City Council|the DVLA|the Citizens Advice Bureau|the Care Quality Commission|USCIS|Social Services|the Financial Ombudsman|the IRS|Ofgem|the Department of Health|UNICEF|Interpol',
  banks:
    'Barclays|HSBC|Lloyds Bank|First Direct|Northern Savings Bank|Monzo|Bank of Ireland|Santander|Harbour Credit Union|ICICI Bank',
  unions:
    'Unison|the Royal College of Nursing|UNITE|the National Education Union|the GMB|IG Metall',
  charities:
    'Oxfam|the Red Cross|Shelter|Save the Children|Hope House|the Trussell Trust|Age Concern|Macmillan|Food For All|Harvest Hands',
  shops:
    'Rosie’s Kitchen|Carpetland|the Golden Dragon|Luigi’s|Bean & Leaf|Harvey and Sons|Smokehouse 21|B&Q|Currys|The Old Forge|Mamma Rosa|Kwik Fit|Bed World|Costa',
  schoolKinds:
    '{town} High School|{town} Primary|the University of {city}|St Anne’s School|{city} College|Oakfield Academy|{city} Metropolitan University|King’s College|MIT|Greenhill Infants',
  streets:
    '14 Mill Lane|221 Cedar Avenue|Flat 3, 87 Victoria Road|9 Church Street|1520 Maple Drive|62 Station Road',
};

export const TESTING_VALUES: EnglishValues = {
  given:
    'Emily|James|Ananya|Chukwuemeka|Katarzyna|Ibrahim|Min-seo|Nomvula|Angus|Niamh|Diego|Solveig|Leyla|Dwayne|Svetlana|Itzel|Håkan|Zainab|Sione|Bartholomew|Linh|Jemima|Eilidh|Balázs|Selam|Kit|Shaniqua|Clémence|Sipho|Meera|Alex|Jamal|Ludmila|Comfort|Hope|Joy|Violet|Jack|Frank|Aino|Ngozi|Imran|Owen|Thiago|Mircea|Akosua|Lakshmi|Ted|Gergő|Hamza',
  surnames:
    'Adeyemo|Hollingsworth|Rodríguez|Tran|Nowakowski|Clarke|Sjöberg|Macpherson|Butterworth|de Vries|O’Sullivan|Dlamini|Sørensen|Sharma|Wang|Cruikshank|Fifita|Bianchi|Khoury|Demir|Ionescu|Ramsbottom|Khumalo|Frost|Krishnan|Horváth|Toussaint|Yamashita|Gallagher|Trescothick|Jones|White|Black|King|Babatunde|Gagnon|Underhill|Banerjee|Morales|Fitzgerald|Åkesson|Mensah|Wainwright|Ogilvie|Carvalho|Kaur|Mahmood|Gunnarsdóttir|Short|Pascoe',
  towns:
    'Great Tew|Faversham|Ullapool|Appleby-in-Westmorland|Todmorden|Attawapiskat|Gundagai|Kurri Kurri|Stevenage|Uppingham|Dingle|Lisdoonvarna|Llanwrtyd Wells|Much Wenlock|Dead Horse|Elko|Holland|Bozeman|Bayburt|Seydisfjordur|Abomey|Eldoret|Alba Iulia|Goes|Vimmerby|Badin|Esperance|Kirkham|Fairhaven|Knutsford|Padstow|Clonakilty|Motherwell|Kelso|Dereham|St Andrews|Looe|Wick|Selby|Ilkley|Barry|Newry|Mallaig|Liskeard|Okehampton',
  cities:
    'Manchester|Los Angeles|Delhi|Accra|Vancouver|Munich|Buenos Aires|Kraków|Johannesburg|Sydney|Boston|Tokyo|Kampala|Belfast|Edinburgh|Sheffield|Las Vegas|Barcelona|Karachi|Ho Chi Minh City',
  countries:
    'Uganda|Hungary|Portugal|Pakistan|the Philippines|Australia|Ethiopia|Argentina|Japan|Thailand|Barbados|Greece|Sweden|Colombia|Iraq|Senegal|Finland|Chad|Georgia|Bosnia and Herzegovina|Nepal|Sudan',
  regions:
    'Lancashire|Saxony|Alberta|Tasmania|Catalonia|Tamil Nadu|Ohio|Devon|Tuscany|the Borders|Dartmoor|Southern Alberta|the Peak District|Tigray|Kamchatka|Lower Saxony|County Clare|the Eastern Cape|the Yucatán Peninsula|British Columbia',
  coined:
    'Kelvora|Snaply|Ardentis|Dynavolt|Solenne|TrueLoop|Farwire|Mycelia|Vantiqo|Pinebase|Clarity|Lantern|Sainsbury’s|Orange|Lyft|SAS|AT&T|Lidl|Lufthansa|Bosch|Disney|UPS|Bluebird|Prism|Greggs|Superdrug|E.ON|Balfour|PaperPlane|myHaven|Brightwave|Corteo|Fetchly|Danske|Minerva|Nike|3M|Zoom|Redrow|Aviva',
  fancy:
    'Green Meadow|Copper Beech|Black Swan|Fresh Start|Stone Gate|Southern Cross|Diamond Ridge|Rapid Relief|Next Step|Best Value|Deep Blue|High Peak|City Living|Hillside|Willow Brook',
  firmStems:
    'Pemberton|Beaumont|Ferndale|Langford|Whitlock|Harbour View|Osprey|Tamar|Schönfeld|Adebayo|Hovhannisyan|Eastleigh|Bannatyne|Foxglove|Aquila|Zenith|Neptune|Condor|Alder|Moravia',
  saints: 'St Thomas|St Helen|St Columba|Princess Alexandra|Royal Victoria|St Anthony|St Michael',
  agencies:
    'Ofsted|the Health and Safety Executive|the Foreign Office|the Department for Education|Bristol City Council|the FBI|Trading Standards|the Legal Ombudsman|Centrelink|the Passport Office|Companies House|the NHS|Ofcom|the Ministry of Defence|UNHCR|Europol',
  banks:
    'NatWest|Citibank|TSB|Virgin Money|Southern Building Society|Revolut|Bank of Scotland|BNP Paribas|Valley Credit Union|Axis Bank',
  unions:
    'the British Medical Association|Equity|ASLEF|the Teamsters|the National Union of Journalists|ver.di',
  charities:
    'Amnesty International|the Salvation Army|Crisis|Help for Heroes|Rainbow House|the Wellcome Trust|Mind|Barnardo’s|Bread of Life|Open Hands',
  shops:
    'Molly’s Diner|Sofa City|the Jade Garden|Giovanni’s|Salt & Vine|Dawson and Daughters|Grill 44|M&S|Argos|The Red Lion|Nonna Pina|Halfords|Carpet Kingdom|Nero',
  schoolKinds:
    '{town} Grammar School|{town} Infants|the University of {city}|Holy Trinity School|{city} Polytechnic|Riverside Academy|{city} State University|Trinity College|UCL|Beechwood Juniors',
  streets:
    '27 Orchard Close|408 Willow Street|Flat 12, 5 Albert Terrace|3 School Lane|2210 Birch Court|18 Harbour Road',
};
