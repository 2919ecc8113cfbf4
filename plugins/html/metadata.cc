#include "metadata.h"

#include "write_blocks.h"

namespace garner::html {

size_t WriteMetadata(const Page&, const PageText&, size_t, StageContext&, DocumentBuilder&) { return kNoDraft; }

}  // namespace garner::html
