#include "garner/plugin.h"
#include "tests/support/cases.h"

GARNER_CASES(TextNormalizer)
