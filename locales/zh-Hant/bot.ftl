### 機器人說的每一句話，繁體中文。
### 變數裡的文字已經轉義；句子裡可以有 Telegram HTML。

## 證件頁

page-driving-licence = 駕駛證
page-vehicle-licence = 行駛證
page-vehicle-licence-back = 行駛證副頁

title-driving-licence = 駕駛證
title-vehicle-licence = 行駛證
title-vehicle-licence-back = 行駛證副頁
button-suspected = ✓ { $page }
button-read-as-driving-licence = 以駕駛證辨識
button-read-as-vehicle-licence = 以行駛證辨識
button-read-as-vehicle-licence-back = 以行駛證副頁辨識
button-again = 再試一次

## 機器人簡介

bot-description =
    傳送駕駛證、行駛證或行駛證副頁的照片給我，我會辨識每一項內容，點一下即可複製；是否過期，一眼就能看到。
bot-short-description = 拍照辨識駕駛證和行駛證，並告訴您證件是否仍在有效期內。
command-start = 使用方法
command-help = 能辨識什麼，怎樣拍得清楚
command-privacy = 照片會怎樣處理
command-driving = 以駕駛證辨識照片
command-vehicle = 以行駛證辨識照片
command-back = 以行駛證副頁辨識照片

start =
    👋 <b>把證件拍下來傳給我</b>，我來辨識：

    • 駕駛證
    • 行駛證
    • 行駛證副頁

    我會先說結論（有效、即將到期、已過期），再提醒哪些地方要核對，最後列出所有內容。點一下內容就能複製。

    拍照技巧見 /help，照片如何處理見 /privacy。
help =
    <b>使用方法</b>
    1. 傳一張照片；想保留原圖清晰度，可以用「檔案」方式傳送。
    2. 告訴我是哪種證件。想省去這一步，傳照片時附上「<code>駕駛證</code>」「<code>行駛證</code>」或「<code>副頁</code>」幾個字就行。
    3. 查看結果。點一下內容即可複製；帶 ⚠️ 的地方沒有看清，請核對。

    選錯了？點結果下面的按鈕，或者用 /driving（駕駛證）、/vehicle（行駛證）、/back（副頁）回覆那張照片。

    <b>怎樣拍得清楚</b>
    • 整頁入鏡，盡量佔滿畫面
    • 字上不要有反光：換個角度，或關掉閃光燈
    • 拿穩手機，對好焦再拍

    <b>請留意</b>
    我只讀證件上印的內容。是否被暫扣、吊銷或註銷，請以交管12123為準。結果供您核對參考，不能當作憑證。
privacy =
    <b>照片會怎樣處理</b>
    • 照片只在辨識時留在記憶體裡，絕不寫入磁碟。
    • 辨識結果只出現在這個對話裡，刪掉訊息就沒有了。
    • 日誌只記編號和錯誤代碼，不記姓名、內容和圖片。
privacy-embedded = • 照片就在機器人所在的機器上辨識，不會交給其他公司。
privacy-embedded-too = • 也可能就在機器人所在的機器上識別。
privacy-engine = • 照片會傳送到機器人營運者指定的另一台機器上辨識。
privacy-tencent = • 照片會傳送到騰訊雲辨識，並依其條款處理。
privacy-telegram = • 訊息由 Telegram 傳送，它的伺服器在中國大陸境外。
privacy-consent = 證件內容屬於敏感個人資料。傳送之前，請先徵得持證人同意。
privacy-operator = 本機器人由 { $operator } 營運。

## 收到照片，先問是哪種證件

question = <b>這是哪種證件？</b>
question-suspected = <b>這是哪種證件？</b>看起來是{ $page }。
question-nothing =
    <b>這是哪種證件？</b>我在圖裡沒看出證件。如果確實是，請選擇；如果不是，直接再傳一張就好。
reading = ⏳ 正在辨識{ $page }……

## 結果

verdict-driving-licence-valid = 有效，{ $until } 到期（{ $distance }）
verdict-driving-licence-due = 該換證了，{ $until } 到期（{ $distance }）
verdict-driving-licence-expired = 已於 { $until } 過期（{ $distance }）
verdict-driving-licence-cancellable = 已於 { $until } 過期（{ $distance }）
verdict-driving-licence-not-yet-valid = 起始日期未到，{ $since } 起有效（{ $distance }）
verdict-driving-licence-permanent = 長期有效
verdict-driving-licence-unknown = 看不清有效期
verdict-vehicle-licence-not-applicable = 這一頁沒有有效期
verdict-vehicle-licence-back-valid = 檢驗有效，{ $until } 到期（{ $distance }）
verdict-vehicle-licence-back-due = 該年檢了，{ $until } 到期（{ $distance }）
verdict-vehicle-licence-back-expired = 副頁上的檢驗有效期已過：{ $until }（{ $distance }）
verdict-vehicle-licence-back-unknown = 看不清檢驗有效期

meaning-driving-licence-due = 現在就可以換證；到期當天仍然有效。
meaning-driving-licence-due-early = { $opens } 起可以換證。
meaning-driving-licence-expired = 不能再憑此證駕車。過期一年以內仍可換證。
meaning-driving-licence-cancellable = 不能再憑此證駕車。過期已超過一年，可能已被註銷，請在交管12123核實。註銷後約兩年內，考過科目一即可恢復；再晚就要重新申領。
meaning-driving-licence-not-yet-valid = 提前換證時常見；否則請核對證上的起始日期。
meaning-driving-licence-unknown = 沒能讀出有效期，請看證上的「有效期限」一欄。
meaning-vehicle-licence-not-applicable = 檢驗有效期印在副頁上。
meaning-vehicle-licence-back-due = 現在就可以辦理檢驗；所印月份的最後一天仍然有效。
meaning-vehicle-licence-back-expired = 副頁常常沒有及時更新，請在交管12123核對電子檢驗標誌。
meaning-vehicle-licence-back-unknown = 請看副頁的「檢驗記錄」，或在交管12123核對電子檢驗標誌。

distance-today = 今天
distance-ahead =
    { $unit ->
        [days] { $count ->
            [1] 明天
           *[other] 還有 { $count } 天
        }
        [weeks] 還有 { $count } 週
        [months] 還有 { $count } 個月
       *[years] 還有 { $count } 年
    }
distance-ago =
    { $unit ->
        [days] { $count ->
            [1] 昨天
           *[other] { $count } 天前
        }
        [weeks] { $count } 週前
        [months] { $count } 個月前
       *[years] { $count } 年前
    }

finding-doubtful-verdict = 這個結論所依據的日期沒有看清，請對照證件核對：{ $fields }
finding-low-confidence = 沒有看清，請核對：{ $fields }
finding-unusual-term = 駕駛證有效期通常是 6 年、10 年或長期，這裡對不上，請核對：{ $fields }
finding-missing-field = 照片裡沒找到：{ $fields }
finding-quality-copy = 看起來是影印本，不是正本。
finding-quality-screen = 看起來是翻拍螢幕的照片。
finding-quality-glare = 反光遮住了一部分字。把證件轉個角度避開燈光，或者關掉閃光燈。
finding-quality-blur = 照片有些模糊。拿穩手機，點一下螢幕上的證件，對好焦再拍。
finding-quality-cut-off = 證件沒有拍全。請讓四個角都在畫面裡。
finding-quality-too-small = 照片裡的字太小。靠近一點，讓證件佔滿畫面。
finding-quality-dark = 照片太暗。換個亮一點的地方，也別讓自己的影子落在證件上。

read-by = 辨識：{ $provider }

field-line = { $field }：<code>{ $value }</code>
field-with-confidence = { $field }（{ $percent }%）

## 值得重拍的時候

guidance =
    { $sure ->
        [0] <b>這張{ $page }幾乎什麼都看不清。</b>
       *[other] <b>這張{ $page }的 { $printed } 項內容，我只看清了 { $sure } 項。</b>
    }
guidance-unclear = 請讓證件佔滿畫面，拿穩手機，避開反光和陰影。
guidance-next = 重拍一張傳給我，或者就按這張辨識。
button-anyway = 就按這張辨識

## 各項內容

field-licence-number = 證號
field-name = 姓名
field-sex = 性別
field-nationality = 國籍
field-address = 住址
field-date-of-birth = 出生日期
field-first-issue-date = 初次領證日期
field-vehicle-classes = 准駕車型
field-valid-from = 有效起始日期
field-valid-until = 有效期至
field-issuing-authority = 發證機關
field-file-number = 檔案編號
field-record = 記錄
field-plate-number = 號牌號碼
field-vehicle-type = 車輛類型
field-owner = 所有人
field-use-character = 使用性質
field-model = 品牌型號
field-vin = 車輛識別代號
field-engine-number = 發動機號碼
field-register-date = 註冊日期
field-issue-date = 發證日期
field-seating-capacity = 核定載人數
field-gross-mass = 總質量
field-kerb-mass = 整備質量
field-rated-load = 核定載質量
field-dimensions = 外廓尺寸
field-towed-mass = 准牽引總質量
field-remarks = 備註
field-inspection-record = 檢驗記錄
field-barcode-number = 條碼編號
field-fuel-type = 燃料種類
field-licence-form = 證件形式
field-state = 狀態
field-penalty-points = 累積記分
field-inspection-valid-until = 檢驗有效期
field-body-colour = 車身顏色
field-generated-at = 生成時間
field-shown-at = 當前時間

## 出了問題

error-empty = 這個檔案是空的，請重新傳送照片。
error-too-large = 檔案超過 { $megabytes } MB，我收不下。請改用「照片」方式傳送，或縮小後再傳。
error-too-many-pixels = 圖片超過 { $megapixels }00 萬像素。請改用「照片」方式傳送，或縮小後再傳。
error-too-small = 圖片長邊不到 { $pixels } 像素，字太小，無法辨識。請傳送原圖。
error-animated = 動圖無法辨識，請傳一張靜態照片。
error-pdf = 我打不開 PDF。請把那一頁拍照或截圖傳給我。
error-not-a-picture = 這個檔案不能當圖片開啟。請傳證件的照片，或 JPEG、PNG、HEIC 圖片檔。
error-damaged = 圖片已損壞或沒有傳完整，請重新傳送。
error-no-licence = 我在圖裡沒找到證件。請靠近一點，讓整頁佔滿畫面，拍清楚，避免反光。
error-no-licence-why = 我在圖裡沒找到證件。
error-other-page = 這看起來是{ $seen ->
        [driving_licence] 駕駛證
        [vehicle_licence] 行駛證
       *[vehicle_licence_back] 行駛證副頁
    }，所以沒有以您選的類型辨識。
error-unreadable = 看得出是證件，但看不清上面的字。請重拍：佔滿畫面、拿穩手機、避開反光和陰影。
error-unreadable-why = 看得出是證件，但看不清上面的字。
error-gone = 這張照片已經不在了，請重新傳送。
error-no-such-file = 沒有這個檔案，或者打不開。
error-page-unknown = 這裡沒有開啟自動判斷，請用 --type 指明是哪種證件。
error-download-failed = 沒能從 Telegram 取得照片，請稍後再試。
error-engine-failed = 辨識這張照片時出了錯。請再試一次；如果還不行，請換一張。
error-too-slow = 辨識時間太長，已經停下。請稍後再試。
error-busy = 現在排隊的照片很多，請過一分鐘再試。
error-not-this-page = 這看起來不是您選的證件類型。請改選其他類型，或把整頁拍進畫面重傳。
error-several-pages = 圖裡有不止一張同類證件，請一次只拍一張。
error-key-refused = 辨識服務不接受本機器人的金鑰。管理員處理之前我無法辨識，請告訴管理員。
error-clock-wrong = 我所在機器的時間不準，辨識服務拒絕了請求。請告訴管理員。
error-not-permitted = 本機器人還沒有開通辨識服務的權限，請告訴管理員。
error-in-arrears = 辨識服務的帳戶已欠費，請告訴管理員。
error-quota-used-up = 辨識服務的呼叫次數已用完，請告訴管理員。
error-request-refused = 辨識服務沒看懂我的請求。這是我的問題，請告訴管理員。
error-out-of-reach = 現在連不上辨識服務，請稍後再試。
error-unintelligible = 辨識服務的回覆看不懂，請稍後再試。
error-provider-failed = 辨識服務出了故障，請稍後再試。
error-unexpected = 我這邊出了點問題，請再試一次。如果還不行，請把這個代碼告訴機器人的管理員：<code>{ $reference }</code>

button-expired = 這張照片已經取不到了，請重新傳送。
button-unknown = 這個按鈕已失效，請重新傳送照片。
say-which-photo = 是哪一張照片？請在傳照片時寫上這個詞，或用它回覆上面的照片。
send-a-photo = 把駕駛證、行駛證或行駛證副頁的照片傳給我就行。用法見 /help。
send-a-still-photo = 動圖和影片無法辨識，請傳一張靜態照片。
send-only-photos = 我只能辨識照片，請傳一張證件的照片。
private-only = 為保護持證人的隱私，我只在私訊裡辨識照片，請私訊我。

## licence-bot doctor

doctor-works = { $provider } 正常：樣張讀出 { $count } 項，用時 { $seconds } 秒。
doctor-fails = { $provider } 不正常（{ $detail }）：{ $advice }
doctor-key-refused = 請檢查 { $settings } 中的 ID 和金鑰。
doctor-clock-wrong = 請校準本機時間，與服務端相差超過五分鐘。
doctor-not-permitted = 請在主控台開通服務，或給該金鑰授權。
doctor-in-arrears = 帳戶欠費，請儲值。
doctor-quota-used-up = 呼叫次數已用完，請購買，或等到明天、下個月。
doctor-out-of-reach = 請檢查網路，以及 { $settings } 中的位址。
doctor-address = 請檢查 { $setting } 中的位址（連同路徑），形如 { $example }。目前該位址的服務不認得這個請求。
doctor-busy = 同時呼叫太多，請稍後再試，或調低 BOT_RECOGNITION__CALLS_PER_SECOND。
doctor-too-slow = 回應太慢或沒有回應：請檢查 { $settings } 裡的位址，並看看它是否太忙。
doctor-engine-failed = 模型載入失敗或識別引擎出錯，請重新安裝機器人。
doctor-other = 請稍後再試；如果一直這樣，請到服務商處查詢這個代碼。
