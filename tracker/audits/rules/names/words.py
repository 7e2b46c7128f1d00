"""Lists for telling names from other capitalised words in audits; what is done with them is decided elsewhere."""

# Words that begin with a capital letter for a reason other than being somebody's name.
_NOT_NAMES_TEXT = """
feb mar apr jun jul aug sep sept oct nov dec
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday christmas easter ramadan eid diwali
i mr mrs ms miss dr prof
ofsted council england english wales welsh scotland scottish ireland irish britain british europe european uk nhs
children child children's care carer carers education health social worker workers service services team teams
family families families' court order orders act plan plans protection need conference conferences core group
groups police school schools nursery college academy hospital clinic surgery department local authority
board panel meeting meetings review reviews strategy assessment assessments section early help permanence pathway
director head manager managers officer officers reviewing independent chair advocate guardian practice adviser
personal supervision chronology genogram signs safety viability public law outline pre-proceedings proceedings
youth justice probation housing midwife midwifery visitor visitors gp gps head teacher sendco senco
mum mums dad dads mother mothers father fathers parent parents grandmother grandfather grandparents nan nana
grandad grandma aunt auntie uncle sister sisters brother brothers sibling siblings baby stepfather stepmother
today yesterday tomorrow everyone everybody nobody someone somebody anyone anybody
microsoft word excel teams outlook whatsapp facebook snapchat instagram tiktok
muslim islam christian catholic hindu sikh jewish buddhist traveller roma romany polish romanian somali urdu arabic
english-speaking black white asian african caribbean north south east west northern southern eastern western mid
"""
NOT_NAMES = frozenset(_NOT_NAMES_TEXT.split())

# Abbreviations and stressed words that stand in capitals.
_CAPITALS_TEXT = """
MASH CAMHS LADO CAFCASS EHCP SDQ SMART SEND SENCO SENDCO MARAC MAPPA CSPR LSCB NSPCC ICPC RCPC UASC ASAP NEET YOT
PLO IRO CIN CLA LAC CIC CPP SGO NEGLECT VERY MUST ONLY ALWAYS NEVER GOOD DOES NOTE MISPER OFSTED LGBTQ ADHD CSE CCE
"""
CAPITALS = frozenset(_CAPITALS_TEXT.split())

# Contractions, which look like possessives.
_CONTRACTIONS_TEXT = "it's he's she's that's there's here's what's who's let's where's how's one's else's"
CONTRACTIONS = frozenset(_CONTRACTIONS_TEXT.split())

# First names common in England that are no everyday words, so that they stand out even where a capital says nothing.
_FIRST_NAMES_TEXT = """
aaliyah aaron abigail adam adrian ahmed aiden alan alex alexander alfie ali alice alison amelia amy andrea andrew
angela anna anne anthony archie arthur ava barbara ben benjamin bethany callum cameron carol caroline catherine
charlie charlotte chloe christine christopher claire craig daniel danielle david deborah debbie dylan edward eleanor
elizabeth ella ellie emily emma erin ethan eva evie fatima fiona freddie freya gareth gary gemma george georgia
graham hannah harriet harry heather helen henry holly hussain ian ibrahim isaac isabella isla jacob jake james jamie
jane janet jason jayden jennifer jenny jessica joanne joe john jonathan jordan joseph joshua julia julie karen kate
katie kayleigh keith kelly kevin khadija kieran kyle laura lauren leah leon lewis liam linda lisa logan louis louise
lucy luke lynn maisie margaret maria marie martin maryam mason matthew megan mia michael michelle millie mohammed
muhammad molly natalie nathan neil nicola noah nicole oliver olivia oscar owen patricia paul paula pauline peter
philip phoebe rachel rebecca reece rhys richard robert ryan sadie sam samantha samuel sandra sara sarah scarlett
sean sharon shannon simon sofia sophia sophie stephanie stephen steven stuart susan tanya thomas tracey tyler
victoria vincent wayne wendy william yasmin yusuf zachary zara zoe
"""
FIRST_NAMES = frozenset(_FIRST_NAMES_TEXT.split())

TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof"})
