/** Forms of address before a name, folded, without their stop. */
export const HONORIFICS: ReadonlySet<string> = new Set(
  'mr mrs ms miss mx dr doctor prof professor sir dame lord lady madam madame mme mlle monsieur herr frau fraulein senor senora senorita sr sra srta signor signora signorina rev reverend fr father sister brother rabbi imam sheikh shaikh pastor bishop archbishop cardinal pope deacon dean president senator sen congressman congresswoman representative rep governor gov mayor judge justice hon honourable honorable chancellor minister ambassador captain capt colonel col general gen major maj lieutenant lt sergeant sgt corporal cpl private pvt admiral adm commander cmdr officer detective inspector constable sheriff king queen prince princess duke duchess earl count countess baron baroness emperor empress tsar nurse matron midwife coach uncle aunt auntie grandpa grandma messrs mesdames drs esq'.split(
    ' ',
  ),
);

/** Those that are a form of address and nothing else: they are findings of type TITLE themselves. */
export const PURE_TITLES: ReadonlySet<string> = new Set(
  'mr mrs ms miss mx dr prof professor sir dame madam madame mme mlle monsieur herr frau senor senora senorita signor signora rev reverend rabbi hon messrs sr sra srta capt col lt sgt maj gen'.split(
    ' ',
  ),
);

/** Letters behind a name. */
export const AFTER_NAME: ReadonlySet<string> = new Set(
  'jr sr ii iii iv md phd ph.d m.d rn np pa do dds dvm esq cpa mba msc bsc ba ma llb llm frcp mrcp frcs mbbs obe mbe cbe kbe qc kc mp jp'.split(
    ' ',
  ),
);

/** Heads of names of occupations, singular: the last word of a job title. */
export const OCCUPATIONS: ReadonlySet<string> = new Set(
  'accountant actor actress actuary administrator adviser advisor agent aide analyst anesthesiologist anaesthetist apprentice architect artist assembler assistant associate astronomer athlete attendant attorney auctioneer auditor author baker barber barista bartender biologist boilermaker bookkeeper botanist brewer bricklayer broker builder butcher buyer captain cardiologist carer caretaker carpenter cartographer cashier caterer chaplain chauffeur chef chemist chiropractor cleaner clerk coach collector columnist composer conductor consultant contractor controller cook coordinator copywriter coroner correspondent counselor counsellor courier curator custodian dancer dealer decorator dentist dermatologist designer detective developer dietitian dietician director dispatcher diver doctor drafter driver economist editor educator electrician embalmer engineer engraver epidemiologist erector estimator examiner executive fabricator facilitator farmer farmworker firefighter fisher fitter florist forester foreman gardener geologist geographer geoscientist glazier grader grinder groomer guard guide gynecologist hairdresser handler helper historian housekeeper hydrologist hygienist illustrator inspector installer instructor interpreter interviewer investigator janitor jeweler jeweller journalist judge laborer labourer laminator landscaper lawyer lecturer legislator liaison librarian lifeguard linguist loader locksmith machinist magistrate maid mail carrier maker manager manicurist manufacturer marshal mason masseur mechanic mediator messenger metallurgist meteorologist microbiologist midwife miller millwright miner minister model mortician musician nanny neurologist nurse nutritionist oncologist operator optician optometrist orderly organizer orthodontist paediatrician painter paramedic paralegal pathologist patrolman pediatrician pharmacist phlebotomist photographer physician physicist physiotherapist pilot planner plasterer plumber podiatrist police officer policeman politician porter postmaster potter practitioner preparer presser principal printer producer professor programmer prosthetist psychiatrist psychologist psychotherapist publicist radiographer radiologist rancher receptionist recruiter referee registrar repairer repairman reporter representative researcher rigger roofer sailor salesman salesperson saleswoman scheduler scientist sculptor seamstress secretary server sheriff singer sociologist solderer soldier solicitor specialist statistician stewardess steward stockbroker strategist supervisor surgeon surveyor tailor taxidermist teacher technician technologist teller tester therapist trader trainer translator treasurer trimmer tutor typist umpire upholsterer urologist usher veterinarian waiter waitress weaver welder woodworker worker writer zoologist ceo cto cfo coo'.split(
    ' ',
  ),
);
