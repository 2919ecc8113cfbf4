#include "garner/plugin.h"
#include "garner/testing/cases.h"

GARNER_CASES(Deduplicator)
