// The server's words under the names that pages use. Everything follows from openapi.d.ts, which is generated from the C++
// types (script/generate): a field that the server renames is an error here and not a blank on somebody's phone.
import type { components } from './openapi';

type Said = components['schemas'];

export type Instant = string; // RFC 3339
export type Direction = Said['PassageCommand']['direction'];
export type Outcome = Said['PassageView']['outcome'];
export type Colour = NonNullable<Said['PassageCommand']['colour_seen']>;
export type Mask = NonNullable<Said['PassageCommand']['mask']>;
export type Recognition = Said['PassageCommand']['recognised_by'];
export type EmergencyKind = Exclude<Said['EmergencyCommand']['kind'], 'none'>;
export type OverrideReason = Said['OverrideCommand']['reason'];
export const overrideReasons = [
  'medical_need',
  'care_duty',
  'official_duty',
  'system_wrong',
  'document_seen',
  'other',
] as const satisfies readonly OverrideReason[];

export type Office = Said['OfficeView'];
export type RoleGrant = Said['RoleView'];
export type Session = Said['SessionView'];
export type Gate = Said['GateView'];
export type Device = Pick<Said['OwnDevice'], 'device_id' | 'name' | 'gate'> & Partial<Said['OwnDevice']>;
export type Place = Said['PlaceView'];
export type PersonMasked = Said['PersonMasked'];
// What is needed to say a reason; the server's also hold what auditors want.
export type Reason = Pick<Said['Reason'], 'clause' | 'reason' | 'next' | 'hours' | 'tenths' | 'count'> &
  Partial<Said['Reason']>;
export type Presented = Said['Presented'];
export type Passage = Omit<Said['PassageView'], 'reasons'> & { reasons: Reason[] };
export type PassageAnswer = Said['PassageAnswer'];
export type PassageCommand = Omit<Said['PassageCommand'], 'id' | 'at'>;
export type EmergencyAnswer = Said['EmergencyAnswer'];
export type Shift = Said['ShiftView'];
export type CodeReading = Said['CodeReadingView'];
export type MyAppeal = Said['MyAppeal'];
export type AppealGround = Said['FileAppeal']['ground'];
export type Appeal = Said['AppealView'];
export type AppealOpened = Said['AppealOpened'];
export type ColourProposal = Said['ProposalView'];
export type Round = Said['RoundView'];
export type RoundDetail = Said['RoundDetail'];
export type Progress = Said['Progress'];
export type RollEntry = Said['RollEntry'];
export type Tube = Said['TubeView'];
export type TubeContent = Said['TubeContent'];
export type HeldPerson = Said['HeldPerson'];
export type SamplingPoint = Said['PointView'];
export type MyRound = Said['MyRound'];
export type ResultBatch = Said['BatchView'];
export type HealthRecord = Said['HealthRecord'];
export type OutbreakCase = Said['CaseView'];
export type CaseList = Said['CaseList'];
export type CaseDetail = Said['CaseDetail'];
export type CaseEntry = CaseDetail['history'][number];
export type Chains = Said['Chains'];
export type Alarm = Said['AlarmView'];
export type AlarmKind = Alarm['kind'];
export type StreamEvent = Said['LiveEvent'];
export type HouseholdPerson = Said['Member'];
export type MyHousehold = Said['MyHousehold'];
export type MyCode = Said['PersonalCode'];
export type PhoneCode = Said['PhoneCode'];
export type PrintedCode = Said['PrintedCode'];
export type PersonCode = Said['CodeView'];
export type OwnAlarm = Said['OwnAlarm'];
export type IssuerKey = Said['KeyView'];
export type Evidence = Said['Evidence'];
export type Venue = Said['Venue'];
export type MyPasses = Said['MyPasses'];
export type PassView = Said['PassView'];
export type PassHolder = Said['PassHolder'];
export type PassShown = Said['PassShown'];
export type PassCards = Said['Cards'];
export type Visit = Said['VisitView'];
export type CourierAnnounced = Said['CourierAnnounced'];
export type Trip = Said['TripView'];
export type FollowUp = Said['FollowUpView'];
export type RiskPlace = Said['RiskPlace'];
export type RiskPlaces = Said['RiskPlaces'];
export type Destination = Said['Destination'];
export type GateLive = Said['GateLive'];
export type FlowHour = Said['FlowView'];
export type PolicyInForce = Said['PolicyShown'];
export type PolicyParameter = Said['ParameterShown'];
export type Account = Said['AccountView'];
export type Accounts = Said['Accounts'];
export type AreaToGive = Said['AreaToGive'];
export type OneTimeLogin = Said['OneTimeLogin'];
export type OpenSession = Said['OpenSession'];
export type RuleBook = Said['RuleBook'];
export type RuleDifference = Said['Difference'];
export type TryAnswer = Said['TryAnswer'];
export type MyCommunity = Said['CommunityView'];
export type Board = Said['Board'];
export type FlowStep = Said['FlowStep'];
export type CorrectionAsked = Said['CorrectionAsked'];
export type MyCorrection = Said['MyCorrection'];
export type Enrolment = Said['EnrolmentOffer'];
export type Found = Said['Found'];
export type FoundPerson = Said['FoundPerson'];
export type FoundPlace = Said['FoundPlace'];
export type Household = Said['HouseholdShown'];
export type MemberShown = Said['MemberShown'];
export type Revealed = Said['Revealed'];
export type RecordShown = Said['SideShown'];
export type SideBySide = Said['SideBySide'];
export type MergeField = SideBySide['differing'][number];
export type PersonCard = Said['PersonCard'];
export type PersonAccounts = Said['PersonAccounts'];
export type Import = Said['ImportView'];
export type CentreJoined = Said['CentreJoined'];
export type AskPurpose = Said['AskCentre']['purpose'];
export type ImportAnswer = Said['Answer'];
export type ImportColumn = NonNullable<Import['mapping'][number]>;
export type AreaShown = Said['AreaShown'];
export type GateShown = Said['GateShown'];
export type Grounds = Said['Grounds'];
export type BuildingShown = Said['BuildingShown'];
export type Plan = Said['Plan'];
export type PointShown = Said['PointShown'];
export type PointKind = PointShown['kind'];
export type Fact = Said['FactView'];
export type FactList = Said['FactList'];
export type Why = Said['Why'];
export type UpperArea = Said['UpperArea'];
export type Look = Said['Look'];
export type PersonShown = Said['PersonShown'];
export type TraceRun = Said['TraceRun'];
export type TraceRow = Said['TraceRow'];
export type TraceRunHead = Said['TraceRunHead'];
export type TraceRowDetail = Said['TraceRowDetail'];
export type TraceObjection = Said['TraceObjection'];
export type ContactCategory = Said['TraceRow']['category'];
export type CallOutcome = Said['LogTraceCall']['outcome'];
export const callOutcomes = [
  'reached',
  'not_reached',
  'refused',
  'wrong_number',
] as const satisfies readonly CallOutcome[];
export const contactCategories = [
  'close_contact',
  'contact_of_contact',
  'general_contact',
  'not_a_contact',
] as const satisfies readonly ContactCategory[];
export type MyTracing = Said['MyTracing'];
export type VenueView = Said['VenueView'];
export type VenueKind = VenueView['kind'];
export const venueKinds = [
  'shop',
  'clinic',
  'canteen',
  'lift',
  'office',
  'other',
] as const satisfies readonly VenueKind[];
export type VenueScanned = Said['VenueScanned'];
export type TracePurpose = Said['TraceCommand']['purpose'];
export const tracePurposes = [
  'confirmed_case',
  'suspected_case',
  'asymptomatic_case',
  'pool_abnormal',
  'source_search',
] as const satisfies readonly TracePurpose[];
export type OfflineOverview = Said['Overview'];
export type OfflineConflict = OfflineOverview['conflicts'][number];
export type IsolationRow = Said['IsolationRow'];
export type IsolationList = Said['IsolationList'];
export type IsolationOrder = Said['IsolationOrderView'];
export type IsolationAct = Said['IsolationActView'];
export type IsolationClock = Said['IsolationClock'];
export type IsolationKind = IsolationClock['kind'];
export type IsolationAlert = Said['IsolationAlertView'];
export type IsolationDocument = Said['IsolationDocument'];
export type MyIsolation = Said['MyIsolation'];
export type HealthReportGiven = Said['HealthReportGiven'];
export type Symptom = Said['GiveHealthReport']['symptoms'][number];
export type SealCard = Said['SealCard'];
export type SealCardPlace = Said['SealCardPlace'];
export type MySeal = Said['MySeal'];
export type SealObjections = Said['Objections'];
export type SealObjection = Said['ObjectionView'];
export type SealOrders = Said['SealOrders'];
export type SealOrder = Said['SealOrderView'];
export type SealAct = Said['SealActView'];
export type SealsRaised = Said['SealsRaised'];
export type SealScopes = Said['SealScopes'];
export type SealLevel = Said['PlaceChange']['level'];
export type SealHappeningKind = Said['RecordHappening']['kind'];
