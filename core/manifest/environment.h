// Environment variables inside the values of a manifest: ${NAME} and ${NAME:-default}; $${ stands for the characters ${.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "garner/status.h"

namespace garner {

// The value of a variable; nothing where it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

// The variables of this process. Not safe beside setenv in another thread.
Environment ProcessEnvironment();

// `text` with its variables filled in; a value is taken as it is, whatever characters it has. A variable that is set but empty takes
// the default where there is one. Fails in words with kConfig.
Result<std::string> Interpolate(std::string_view text, const Environment& environment);

}  // namespace garner
