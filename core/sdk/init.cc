#include "garner/init.h"

#include <google/protobuf/stubs/common.h>
#include <libxml/parser.h>
#include <time.h>

#include "garner/hash.h"

namespace garner {

void InitializeLibraries() {
  GOOGLE_PROTOBUF_VERIFY_VERSION;
  xmlInitParser();      // never cleaned up: xmlCleanupParser belongs to nobody while threads live
  (void)Sha256Hex("");  // OpenSSL reads its configuration at the first digest, which a sandbox forbids
  tzset();              // the first log line would otherwise read the time zone file, which a sandbox forbids
}

}  // namespace garner
