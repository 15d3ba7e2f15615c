### Every sentence that people read, in English.
### Texts among the variables arrive escaped; a sentence may hold Telegram HTML.

## Pages

page-driving-licence = driving licence
page-vehicle-licence = vehicle licence
page-vehicle-licence-back = back page of the vehicle licence

title-driving-licence = Driving licence 驾驶证
title-vehicle-licence = Vehicle licence 行驶证
title-vehicle-licence-back = Back page 行驶证副页
button-suspected = ✓ { $page }
button-read-as-driving-licence = As driving licence
button-read-as-vehicle-licence = As vehicle licence
button-read-as-vehicle-licence-back = As back page
button-again = Try again
button-show = 🔍 Show me
button-correct = ✏️ Correct
button-json = JSON file
button-mask = Hide personal data
button-unmask = Show personal data

## What the bot is

bot-description =
    Send a photo of a Chinese driving licence (驾驶证), a vehicle licence (行驶证) or its back page (副页). You get every field ready to copy, and you see at a glance whether it has expired.
bot-short-description = Reads Chinese driving and vehicle licences from a photo and tells whether they are still valid.
command-start = how it works
command-help = what I can read, and tips for good photos
command-privacy = what happens to your photos
command-reminders = see and cancel your reminders
command-forget = delete what is kept about you
command-invite = invite somebody
command-people = see who was invited, and remove people
command-driving = read a photo as driving licence
command-vehicle = read a photo as vehicle licence
command-back = read a photo as back page

start =
    👋 <b>Send me a photo of a licence</b> and I read it for you:

    • driving licence 驾驶证
    • vehicle licence 行驶证
    • its back page 行驶证副页

    You get the verdict first (valid, due, expired), then what to look at twice, then every field. Tap a value to copy it.

    /help has tips for good photos, /privacy says what happens to them.
help =
    <b>How to use me</b>
    1. Send a photo, or the picture as a file for the full resolution.
    2. Tell me which page it is. To skip the question, write <code>driving</code>, <code>vehicle</code> or <code>back</code> under the photo.
    3. Read the answer. Tap a value to copy it; ⚠️ marks what was hard to read.

    Something doubtful? Under the answer, 🔍 shows where it stands on the photo, and ✏️ lets you correct it.

    A date to keep? Tap ⏰ under an answer that has an end date and I remind you in time; /reminders lists what is set.

    Wrong page? Use the buttons under the answer, or reply to the photo with /driving, /vehicle or /back.

    <b>Good photos</b>
    • The whole page in the frame, filling most of it
    • No glare on the print: tilt the page or switch the flash off
    • Hold still until the picture is sharp

    <b>Please keep in mind</b>
    I read what is printed. Whether a licence was suspended, revoked or cancelled only the traffic police know (交管12123). My answer helps you check; it is no proof.
privacy =
    <b>What happens to your photos</b>
    • A photo is held in memory while it is read and is never written to a disk.
    • Your messages wait encrypted until they are answered, mostly for a second, and are deleted then.
    • The values exist only in this chat, but for what you asked to be reminded of. Delete the messages and they are gone.
    • Pages that are compared, those of an album or of a reply, stay in memory for 15 minutes.
    • The logs hold numbers and error codes, never names, values or pictures.
privacy-embedded = • Photos are read on the bot's own machine. No other company sees them.
privacy-embedded-too = • Or they are read on the bot's own machine.
privacy-engine = • Photos are sent for reading to another machine that the owner of this bot chose.
privacy-tencent = • Photos are sent for reading to Tencent Cloud (腾讯云) and handled there under its terms.
privacy-telegram = • Telegram carries the messages; its servers are outside mainland China.
privacy-kept = <b>What is kept about you</b>
privacy-audit = • For { $count } days: your Telegram id, when you had which kind of page read, the verdict (valid, expired …) and who read it; likewise when you were invited, refused or removed. No values, no pictures, no names.
privacy-quota = • For a day: when you had photos read, to count them.
privacy-joined = • Your Telegram id and the day on which you accepted an invitation, until you are removed.
privacy-reminders = • Reminders, if you set any: this chat, the kind of page, its end, the day, your language, and a name (yours, or the last three characters of the plate). Once sent or cancelled they are deleted.
privacy-forget = /forget deletes your reminders and counts. The record of the first line stays for its time, for whoever runs this bot has to answer for it.
privacy-consent = A licence is somebody's personal data. Please make sure that the holder agrees before you send it.
privacy-operator = This bot is run by { $operator }.

## From a photo to the question

question = <b>Which page is this?</b>
question-suspected = <b>Which page is this?</b> My guess: { $page }.
question-nothing =
    <b>Which page is this?</b> I can't make out a licence in this picture. If it is one, choose the page; otherwise just send another photo.
reading = ⏳ Reading the { $page } …

## The answer

verdict-driving-licence-valid = Valid · ends { $until }, { $distance }
verdict-driving-licence-due = Renewal due · ends { $until }, { $distance }
verdict-driving-licence-expired = Expired { $until }, { $distance }
verdict-driving-licence-cancellable = Expired { $until }, { $distance }
verdict-driving-licence-not-yet-valid = Begins later · { $since }, { $distance }
verdict-driving-licence-permanent = Valid · no end date (长期)
verdict-driving-licence-unknown = End date unclear
verdict-driving-licence-barred = The holder may not drive · status { $state }
verdict-driving-licence-irregular = Status not normal · { $state }
verdict-vehicle-licence-barred = The vehicle may not be driven · status { $state }
verdict-vehicle-licence-irregular = Status not normal · { $state }
verdict-vehicle-licence-valid = Inspection valid · ends { $until }, { $distance }
verdict-vehicle-licence-due = Inspection due · ends { $until }, { $distance }
verdict-vehicle-licence-expired = Inspection expired { $until }, { $distance }
verdict-vehicle-licence-unknown = Inspection date unclear
verdict-vehicle-licence-not-applicable = No end date on this page
verdict-vehicle-licence-back-valid = Inspection valid · ends { $until }, { $distance }
verdict-vehicle-licence-back-due = Inspection due · ends { $until }, { $distance }
verdict-vehicle-licence-back-expired = Printed inspection date has passed · { $until }, { $distance }
verdict-vehicle-licence-back-unknown = Inspection date unclear

meaning-driving-licence-valid = It can be renewed from { $opens } on.
meaning-driving-licence-valid-open = It can be renewed now; the last day still counts as valid.
meaning-driving-licence-permanent = It does not run out, so no renewal is due.
meaning-driving-licence-due = It can be renewed now; the last day still counts as valid.
meaning-driving-licence-due-early = It can be renewed from { $opens } on.
meaning-driving-licence-expired = It is no longer good for driving. It can still be renewed until { $mendable }; after that it may be cancelled.
meaning-driving-licence-cancellable = It is no longer good for driving. After more than a year it may have been cancelled; check 交管12123. If so, the theory test (科目一) restores it until about { $mendable }; later it takes a new application.
meaning-driving-licence-cancellable-late = It is no longer good for driving. After more than a year it may have been cancelled; check 交管12123. If so, the time in which the theory test (科目一) alone restores it ended around { $mendable }, and by now it probably takes a new application.
meaning-driving-licence-not-yet-valid = Usual after an early renewal; otherwise check the first day on the licence.
meaning-driving-licence-unknown = I could not make out how long it is valid. Look at 有效期限 on the licence.
meaning-driving-licence-barred = The electronic licence says so itself, whatever its dates. The holder sees in 交管12123 what to do about it.
meaning-driving-licence-irregular = Something may be open with this licence. Have the holder look it up in 交管12123.
meaning-vehicle-licence-barred = The electronic licence says so itself. The owner sees in 交管12123 what to do about it.
meaning-vehicle-licence-irregular = Something may be open with this vehicle. Have the owner look it up in 交管12123.
meaning-vehicle-licence-valid = The next inspection can be done from { $opens } on.
meaning-vehicle-licence-due = The inspection can be done now; the month still counts in full.
meaning-vehicle-licence-expired = Without a valid inspection the vehicle may be held on the road. Have it inspected first, or check in 交管12123 whether that has been done.
meaning-vehicle-licence-unknown = Look at 检验有效期 on the licence, or at the electronic inspection mark in 交管12123.
meaning-vehicle-licence-not-applicable = The inspection date is on the back page (副页).
meaning-vehicle-licence-back-valid = The next inspection can be done from { $opens } on.
meaning-vehicle-licence-back-due = The inspection can be done now; the printed month still counts in full.
meaning-vehicle-licence-back-expired = The print often lags behind. Check the electronic inspection mark in 交管12123.
meaning-vehicle-licence-back-unknown = Look at 检验记录 on the page, or at the electronic inspection mark in 交管12123.

estimate = Estimated (推算) from registration date, type and use; the back page and 交管12123 decide:
estimate-test = • next inspection, with a test, if none was missed: by { $until }, { $distance }
estimate-mark = • next inspection, as a rule without a test, if none was missed: by { $until }, { $distance }
estimate-scrapping = • age limit for scrapping: { $until }, { $distance }
estimate-no-scrapping = • no age limit for scrapping

distance-today = today
distance-ahead =
    { $unit ->
        [days] { $count ->
            [one] tomorrow
           *[other] in { $count } days
        }
        [weeks] in { $count } weeks
        [months] in { $count } months
       *[years] in { $count } years
    }
distance-ago =
    { $unit ->
        [days] { $count ->
            [one] yesterday
           *[other] { $count } days ago
        }
        [weeks] { $count } weeks ago
        [months] { $count } months ago
       *[years] { $count } years ago
    }

finding-doubtful-verdict = This verdict rests on a date that was hard to read. Compare it with the licence: { $fields }
finding-low-confidence = Hard to read, please compare: { $fields }
finding-unusual-term = Licences run for 6 or 10 years or for life, this one for something else. Compare both dates with the licence: { $fields }
finding-licence-number-form = An ID number has 17 digits and then a digit or X; this one looks different. Compare it with the card: { $fields }
finding-licence-number-check =
    { $doubt ->
        [yes] The check digit of the ID number does not fit, so I probably misread it. Compare it with the card: { $fields }
       *[no] The check digit of the ID number does not fit. Compare it with the card, and with the holder's ID card if it reads the same there: { $fields }
    }
finding-licence-number-birth = Digits 7 to 14 of the ID number are no possible birthday. Compare them with the card: { $fields }
finding-birth-mismatch = By the ID number the holder was born on { $birth }, by the licence on another day. Compare both: { $fields }
finding-sex-mismatch =
    { $sex ->
        [male] By the ID number the holder is a man, by the licence a woman. Compare both: { $fields }
       *[female] By the ID number the holder is a woman, by the licence a man. Compare both: { $fields }
    }
finding-licence-number-old = An old ID number of 15 digits. Ask the holder for the present one of 18: { $fields }
finding-licence-number-region = The first two digits of this ID number belong to no province. Compare them with the card: { $fields }
finding-file-number-form = A driver's file number has 12 digits, this one has not. Compare it with the licence: { $fields }
finding-unreadable-date = I can't make a date of this, please compare: { $fields }
finding-date-order = These two dates are in the wrong order. Compare both with the licence: { $fields }
finding-date-ahead = This lies in the future, which cannot be. Compare it with the licence: { $fields }
finding-young-holder = The holder would have been under 18 when the licence was first issued. Compare both dates: { $fields }
finding-short-term = Only temporary permits run for a year or less. Compare both dates with the licence: { $fields }
finding-class-unknown = There is no such class. Compare it with the licence: { $fields }
finding-class-covered = { $more } already covers { $less }, which is then not printed. Compare it with the licence: { $fields }
finding-class-c6-alone = C6 (light trailers) comes only together with C1, C2 or a higher class. Compare it with the licence: { $fields }
finding-class-c6-early = C6 exists since 2022-04-01, this licence began earlier. Fine if C6 was added later; otherwise compare: { $fields }
finding-class-age =
    { $age ->
        [63] The holder has turned 63: { $classes } may be driven only if an extension was granted. Check 交管12123.
       *[70] The holder has turned 70 and may no longer drive { $classes }.
    }
finding-yearly-medical =
    { $until ->
        [none] The holder has turned 70: a medical statement is due every year within 30 days after the scoring cycle, with 长期 too. Check 交管12123.
       *[other] The holder has turned 70: a medical statement is due every year, with 长期 too, the next one by { $until }. Check 交管12123.
    }
finding-c5-medical = With C5 a medical statement is due every three years, the next one by { $until }. Check 交管12123.
finding-yearly-review = With { $classes } a review (审验) is due every year, the next one by { $until }, unless the scoring cycle brought no points. Check 交管12123.
finding-probation = In probation (实习期) until { $until }: no bus, no taxi, no trailer.
finding-plate-form = No plate has this form. Compare it with the licence: { $fields }
finding-plate-fuel = This green plate is one for battery vehicles, but the fuel is something else. Compare both: { $fields }
finding-vin-form =
    { $suggestion ->
        [none] A VIN has 17 letters and digits, among them no I, O or Q. Compare it with the licence: { $fields }
       *[other] A VIN has no I, O or Q. It may be <code>{ $suggestion }</code>; compare: { $fields }
    }
finding-vin-check =
    { $doubt ->
        [yes] The check digit of the VIN does not fit, so I probably misread it. Compare it with the licence: { $fields }
       *[no] The check digit of the VIN does not fit. Compare it with the licence, and with the vehicle if it reads the same there: { $fields }
    }
finding-vin-check-abroad = The check digit of this foreign VIN does not fit. Many foreign makers use none; compare it all the same: { $fields }
finding-vin-position =
    { $place ->
        [year] The 10th character of this VIN is none that stands for a year. Compare it with the licence: { $fields }
       *[other] The last four characters of a VIN are digits, here they are not. Compare them with the licence: { $fields }
    }
finding-vin-short = Only { $count } characters instead of 17. Some old vehicles, motorcycles and trailers have such a number; otherwise compare: { $fields }
finding-vin-year = The VIN says model year { $year }, far from the registration. Compare both: { $fields }
finding-use-unknown = I don't know this use of a vehicle. Compare it with the licence: { $fields }
finding-type-plate = Trailers, and they alone, have a plate that ends in 挂. Compare plate and type: { $fields }
finding-use-plate = A plate ending in 学 is for driving schools (教练), one in 警 for the police (警用). Compare plate and use: { $fields }
finding-type-use = Type and use contradict each other: passengers or goods? Compare both: { $fields }
finding-type-size =
    { $other ->
        [none] Seats or length do not go with this type of vehicle. Compare them with the licence: { $fields }
       *[other] Seats or length do not go with the type of vehicle; the other page says “{ $other }”. Compare both pages: { $fields }
    }
finding-unreadable-measure = I can't make a figure of this, please compare: { $fields }
finding-kerb-over-gross = By these figures the empty vehicle is heavier than the loaded one may be. Compare both: { $fields }
finding-load-over-gross = Kerb mass and load together exceed the gross mass. Compare them with the page: { $fields }
finding-length-range = No vehicle has these dimensions, in millimetres. Compare them with the page: { $fields }
finding-plate-differs =
    { $doubt ->
        [yes] The other page has the plate number <code>{ $other }</code>, but I may have misread one of them. Compare both pages: { $fields }
       *[no] The other page has the plate number <code>{ $other }</code>. Do both pages belong to one vehicle? Compare them: { $fields }
    }
finding-number-differs =
    { $doubt ->
        [yes] The other page has the number <code>{ $other }</code>, but I may have misread one of them. Compare both pages: { $fields }
       *[no] The other page has the number <code>{ $other }</code>. Do both pages belong to one licence? Compare them: { $fields }
    }
finding-name-differs =
    { $doubt ->
        [yes] The other page has the name <code>{ $other }</code>, but I may have misread one of them. Compare both pages: { $fields }
       *[no] The other page has the name <code>{ $other }</code>. Do both pages belong to one licence? Compare them: { $fields }
    }
finding-file-number-differs =
    { $doubt ->
        [yes] The other page has the file number <code>{ $other }</code>, but I may have misread one of them. Compare both pages: { $fields }
       *[no] The other page has the file number <code>{ $other }</code>. Do both pages belong to one licence? Compare them: { $fields }
    }
finding-owner-differs = Driver and owner of the vehicle have different names; the other page says <code>{ $other }</code>. That is fine if the owner agrees: { $fields }
finding-pages-agree = Same as on the other page: { $fields }
finding-pages-hidden = Hidden on one of the two pages, so I could not compare it: { $fields }. Show the personal data there and send this photo in reply again.
finding-electronic-picture = This is a picture of an electronic licence. Only the one opened live in 交管12123 is proof.
finding-electronic-stale = The data of this electronic licence are { $count } days old and may have changed. Have it opened live in 交管12123.
finding-points-full = 12 penalty points or more: the licence may be withheld. Check 交管12123: { $fields }
finding-missing-field = Not found in the photo: { $fields }
finding-quality-copy = This looks like a photocopy, not the original.
finding-quality-screen = This looks like a photo of a screen.
finding-quality-glare = Glare covers part of the print. Tilt the page away from the lamp, or switch the flash off.
finding-quality-blur = The photo is blurred. Hold the phone still, and tap the page on the screen so that the camera focuses on it.
finding-quality-cut-off = Part of the page is outside the photo. Keep all four corners in the frame.
finding-quality-too-small = The print is very small in this photo. Come closer, until the page fills the frame.
finding-quality-dark = The photo is too dark. Take it in brighter light, without your own shadow on the page.

findings-more =
    { $count ->
        [one] 1 more thing to look at:
       *[other] { $count } more things to look at:
    }

no-confidence = The service gives no confidence: compare each value with the card.

read-by = Read by: { $provider }

field-line = { $field }: <code>{ $value }</code>
between-fields = { " · " }
field-with-confidence = { $field } ({ $percent }%)

## What can be done with an answer

corrected-by-you = ✍️ corrected by you, and never hidden
show-doubtful = Please compare these with the picture:
show-all = Nothing here was hard to read. This is where each value stands:
show-nowhere = The service that read this photo does not say where the values stand.
correct-ask = ✏️ Reply to this picture with what is printed, one line for each value. For example:
correct-hidden = 🔒 Personal data stays hidden in the new answer, except what you write.
correct-no-colon = Please write what the value is called, then a colon, then the value.
correct-unknown-field = This page has no “{ $said }”. You can correct: { $fields }
correct-impossible = “{ $said }” can't be right for “{ $field }”.
correct-too-long = That is too long. Please write only what is printed.
correct-how = To correct a value, press ✏️ under the answer and reply to the picture that I send you then.

## When another photo is worth it

guidance =
    { $sure ->
        [0] <b>I could read hardly anything on this { $page }.</b>
       *[other] <b>I could read only { $sure } of the { $printed } entries on this { $page }.</b>
    }
guidance-unclear = Fill the frame with the page, hold the phone still, and avoid glare and shadow.
guidance-next = Send me a new photo, or have this one read as it is.
button-anyway = Read it anyway

## Fields, as an agent calls them

field-licence-number = Licence number
field-name = Name
field-sex = Sex
field-nationality = Nationality
field-address = Address
field-date-of-birth = Date of birth
field-first-issue-date = First issued
field-vehicle-classes = Class
field-valid-from = Valid from
field-valid-until = Valid until
field-valid-for = Valid for
field-issuing-authority = Issued by
field-file-number = File number
field-record = Record
field-plate-number = Plate number
field-vehicle-type = Vehicle type
field-owner = Owner
field-use-character = Use
field-model = Make and model
field-vin = VIN
field-engine-number = Engine number
field-register-date = Registered
field-issue-date = Issued
field-seating-capacity = Seats
field-gross-mass = Gross mass
field-kerb-mass = Kerb mass
field-rated-load = Rated load
field-dimensions = Dimensions
field-towed-mass = Towed mass
field-remarks = Remarks
field-inspection-record = Inspection record
field-barcode-number = Barcode number
field-fuel-type = Fuel
field-licence-form = Form
field-state = Status
field-penalty-points = Penalty points
field-inspection-valid-until = Inspection valid until
field-body-colour = Body colour
field-generated-at = Generated
field-shown-at = Shown at

## When something is wrong

error-empty = That file is empty. Please send the photo again.
error-too-large = That file is larger than { $megabytes } MB, the most I can take. Send it as a photo instead of a file, or make it smaller.
error-too-many-pixels = That picture has more than { $megapixels } megapixels. Send it as a photo instead of a file, or make it smaller.
error-too-small = That picture has less than { $pixels } pixels on its longer side, too small to read any print. Please send the original photo.
error-animated = Moving pictures can't be read. Please send a still photo of the page.
error-pdf = I can't open PDF files. Take a photo or a screenshot of the page and send that.
error-not-a-picture = I can't open that as a picture. Please send a photo of the page, or a JPEG, PNG or HEIC file.
error-damaged = That picture is damaged or was cut off on its way. Please send it again.
error-no-licence = I can't find a licence in this picture. Send a photo that the whole page fills, sharp and without glare.
error-no-licence-why = I can't find a licence in this picture.
error-other-page = This looks like a { $seen ->
        [driving_licence] driving licence
        [vehicle_licence] vehicle licence
       *[vehicle_licence_back] back page of a vehicle licence
    }, so I did not read it as something else.
error-unreadable = I can see a licence but can't make out the print. Take the photo again: fill the frame, hold still, avoid glare and shadow.
error-unreadable-why = I can see a licence but can't make out the print.
error-gone = That photo is no longer there. Please send it again.
error-no-such-file = There is no such file, or it can't be opened.
error-page-unknown = Nobody guesses the page here. Say which one it is with --type.
error-download-failed = Telegram did not hand me the photo. Try again in a moment.
error-engine-failed = I stumbled over this photo. Try again, and if it happens twice, send another one.
error-too-slow = Reading took too long and I stopped. Try again in a moment.
error-busy = Many photos are waiting right now. Try again in a minute.
error-not-this-page = This does not look like the page that you chose. Choose another one, or send a photo with the whole page in the frame.
error-several-pages = I see more than one page of the same kind. Please send one page per photo.
error-key-refused = The recognition service does not accept this bot's key. I can't read photos until whoever runs me has fixed that; please tell them.
error-clock-wrong = The clock of the machine I run on is wrong, so the recognition service refuses me. Please tell whoever runs me.
error-not-permitted = This bot may not use the recognition service yet. Please tell whoever runs me.
error-in-arrears = The account at the recognition service is out of money. Please tell whoever runs me.
error-quota-used-up = The readings bought at the recognition service are used up. Please tell whoever runs me.
error-request-refused = The recognition service did not understand me. That is a fault of mine; please tell whoever runs me.
error-out-of-reach = The recognition service is out of reach right now. Try again in a moment.
error-unintelligible = The recognition service answered with something I can't make sense of. Try again in a moment.
error-provider-failed = The recognition service has a problem. Try again in a moment.
error-quota-hour =
    You have had { $most } photos read within an hour, as many as this bot allows. You can go on in { $unit ->
        [hours] { $count ->
            [one] 1 hour
           *[other] { $count } hours
        }
       *[minutes] { $count ->
            [one] 1 minute
           *[other] { $count } minutes
        }
    }, at { $time } ({ $zone }).
error-quota-day =
    You have had { $most } photos read within 24 hours, as many as this bot allows. You can go on in { $unit ->
        [hours] { $count ->
            [one] 1 hour
           *[other] { $count } hours
        }
       *[minutes] { $count ->
            [one] 1 minute
           *[other] { $count } minutes
        }
    }, at { $time } ({ $zone }).
error-unexpected = Something went wrong on my side. Please try once more. If it happens again, tell whoever runs this bot this code: <code>{ $reference }</code>

button-expired = That photo is no longer within reach. Please send it again.
button-unknown = That button is out of date. Please send the photo again.
say-which-photo = Which photo? Send one with this word under it, or reply with it to a photo above.
send-a-photo = Send me a photo of a driving licence, a vehicle licence or its back page, and I read it for you. /help shows how.
send-a-still-photo = Moving pictures can't be read. Please send a still photo of the page.
send-only-photos = I can only read photos. Please send a photo of the page.
private-only = To protect the people on the licences I read photos only in a private chat. Write to me there.

## Who may use the bot

access-stranger = I work only for people whom my owner has let in. Please ask whoever runs me, and tell them your Telegram id: { $id }
access-joined = 🎉 Welcome! From now on I read licences for you.
access-invitation-used = This invitation has already been used; each one lets one person in. Please ask for a new link.
access-invitation-expired = This invitation has expired. Please ask for a new link.
access-invitation-unknown = I don't know this invitation. Open the link exactly as it was sent to you, or ask for a new one.
access-foreign-press = This button is meant for somebody else.
access-owners-only = Only whoever runs this bot can do that.
invite-invited =
    { $count ->
        [one] Send this link to one person. It works once, within a day:
       *[other] Send this link to one person. It works once, within { $count } days:
    }
    { $link }
invite-open = Everybody may use this bot, so nobody needs an invitation.
invite-listed = This bot lets in only people who are listed in its settings (BOT_ACCESS__PEOPLE); invitations are switched off.
people =
    { $count ->
        [one] <b>1 person has come by invitation</b>
       *[other] <b>{ $count } people have come by invitation</b>
    }
people-none = Nobody has come by invitation so far. /invite makes a link.
people-line = • <a href="tg://user?id={ $id }">{ $id }</a>, since { $day }
people-more = … and { $count } more who came earlier.
people-listed = Listed in the settings: { $count }
button-remove = Remove { $id }
people-gone = That person is no longer on the list.

## Reminders

button-remind = ⏰ Remind me
button-remind-before =
    { $count ->
        [one] 1 day before
       *[other] { $count } days before
    }
button-remind-day = Another day …
button-cancel = ✖ { $number }
remind-when = When shall I remind you?
remind-more = Shall I remind you on another day, too?
remind-set = ✓ I'll remind you on { $day } at 9:00, { $distance }.
remind-known = You already have this reminder for { $day }.
remind-full = You have as many reminders as I can keep. Cancel some with /reminders first.
remind-day = Reply to this message with a day, for example <code>{ $example }</code> or “15 days before”. You can add a name after it to recognise it by, but please no full number.
remind-day-unknown = I can't find a day in that.
remind-day-past = 9:00 on { $day } has already passed. Please choose a later day.
remind-day-late = It ends on { $until }. Please choose a day no later than that.
remind-over = That ended on { $until }; there is nothing left to remind you of.
remind-late = This was due on { $day }, but I was not running then.
reminders = <b>Your reminders</b>
reminders-line = { $number }. { $day }, { $distance }: { $name }, ends { $until }
reminders-none = You have no reminders. To set one, tap ⏰ under an answer with an end date.
reminder-gone = That reminder is no longer there.

## Deleting what is kept

forget =
    <b>Delete your reminders and the count of your photos?</b>
    The record of what was done (your Telegram id, times, kinds of pages, verdicts) stays for { $count } days, for whoever runs this bot has to answer for it. The messages in this chat you can delete yourself.
button-forget = Yes, delete
forgotten =
    { $count ->
        [0] Done. You had no reminders; the count of your photos is deleted.
        [one] Done. 1 reminder and the count of your photos are deleted.
       *[other] Done. { $count } reminders and the count of your photos are deleted.
    } What was done stays on record for up to { $days } days.

## licence-bot doctor

doctor-works = { $provider } works: { $count } fields of the sample read in { $seconds } s.
doctor-fails = { $provider } fails ({ $detail }): { $advice }
doctor-key-refused = check the ids and the key in { $settings }.
doctor-clock-wrong = set this machine's clock; it differs from the service's by more than five minutes.
doctor-not-permitted = open the service in the console, or give this key the right to call it.
doctor-in-arrears = pay the account.
doctor-quota-used-up = buy more calls, or wait for the next day or month.
doctor-out-of-reach = check the network, and the address in { $settings }.
doctor-address = check the address in { $setting }, path included; it looks like { $example }. What answers there now does not understand the request.
doctor-busy = too many calls at once; try again, or lower BOT_RECOGNITION__CALLS_PER_SECOND.
doctor-too-slow = it answers too slowly, or not at all: check the address in { $settings }, and how busy it is.
doctor-engine-failed = the models cannot be loaded or the engine stumbles; install the bot anew.
doctor-other = try again; if it stays, look the code up at the provider.
