// Reads the mails of a mailbox.
#include <memory>
#include <string>
#include <utility>

#include "garner/plugin.h"
#include "garner_plugins/mbox/options.pb.h"
#include "mail_splitter.h"

namespace garner::mbox {

class Mbox final : public Unpacker<MboxOptions> {
 public:
  Status Begin(const v1::PayloadInfo&, ByteStream& stream) override {
    mails_ = std::make_unique<MailSplitter>(stream, options().max_mail_bytes());
    return OkStatus();
  }

  Result<bool> Next(SourceItem& item) override {
    Mail mail;
    const Result<bool> more = mails_->Next(mail);
    if (!more.ok() || !*more) return more;
    item.payload.info.set_record_key(std::to_string(mail.place));
    item.payload.info.set_declared_media_type("message/rfc822");
    item.payload.bytes = std::move(mail.bytes);
    if (mail.too_long)
      item.status = Status(StatusKind::kLimit, "the mail at byte " + std::to_string(mail.place) + " has more than " + std::to_string(options().max_mail_bytes()) +
                                                   " bytes: raise max_mail_bytes of the mbox unpacker");
    return true;
  }

 private:
  std::unique_ptr<MailSplitter> mails_;
};

}  // namespace garner::mbox

GARNER_PLUGIN(garner::mbox::Mbox)
