# Writes the header that names the fingerprint of the messages. cmake -DINPUT=messages.desc -DOUTPUT=fingerprint.h -P Fingerprint.cmake
file(SHA256 ${INPUT} hash)
string(SUBSTRING ${hash} 0 16 hash)
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT
"// Generated: over the descriptors of garner's messages. Plugins inline generated accessors, so they must match exactly.
#pragma once

#define GARNER_MESSAGES_FINGERPRINT \"${hash}\"
")
