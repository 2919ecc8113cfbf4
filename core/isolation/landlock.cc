#include "core/isolation/landlock.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace garner {
namespace {

// The kernel's interface as of version 6, spelled out: Debian's headers describe older ones. A kernel takes a shorter structure as
// one whose rest is zero.
struct RulesetAttributes {
  uint64_t handled_access_fs = 0;
  uint64_t handled_access_net = 0;
  uint64_t scoped = 0;
};
constexpr uint32_t kAskVersion = 1U << 0;
// Rights to files: 13 bits in version 1, and one more in each of versions 2 (refer), 3 (truncate) and 5 (ioctl on devices).
constexpr uint64_t FileRights(long version) {
  const int bits = version >= 5 ? 16 : version >= 3 ? 15 : version >= 2 ? 14 : 13;
  return (uint64_t{1} << bits) - 1;
}
// Of these: executing a file, reading a file, listing a folder.
constexpr uint64_t kReadingRights = 0b1101;
constexpr uint64_t kTcpRights = 3;      // bind, connect: from version 4
constexpr uint64_t kAbstractScope = 1;  // abstract sockets: from version 6
constexpr uint64_t kSignalScope = 2;    // signals to processes outside: from version 6

size_t AttributeBytes(long version) { return version >= 6 ? 24 : version >= 4 ? 16 : 8; }

long CreateRuleset(const RulesetAttributes* attributes, size_t size, uint32_t flags) {
#ifdef SYS_landlock_create_ruleset
  return syscall(SYS_landlock_create_ruleset, attributes, size, flags);
#else
  errno = ENOSYS;
  return -1;
#endif
}

long RestrictSelf(long ruleset) {
#ifdef SYS_landlock_restrict_self
  return syscall(SYS_landlock_restrict_self, ruleset, 0);
#else
  errno = ENOSYS;
  return -1;
#endif
}

}  // namespace

std::optional<uint32_t> RestrictWithLandlock(const SandboxRules& rules, std::vector<std::string>& missing) {
  const long version = CreateRuleset(nullptr, 0, kAskVersion);
  if (version < 1) {
    missing.push_back("this kernel has no Landlock");
    return {};
  }
  RulesetAttributes attributes;
  if (!rules.files) attributes.handled_access_fs = FileRights(version) & ~(rules.loading ? kReadingRights : 0);
  if (!rules.network && version >= 4) attributes.handled_access_net = kTcpRights;
  if (!rules.network && version >= 6) attributes.scoped |= kAbstractScope;
  if (!rules.processes && version >= 6) attributes.scoped |= kSignalScope;
  if (attributes.handled_access_fs == 0 && attributes.handled_access_net == 0 && attributes.scoped == 0) return {};
  // No rule is added to it: what it handles is forbidden everywhere.
  const long ruleset = CreateRuleset(&attributes, AttributeBytes(version), 0);
  const bool restricted = ruleset >= 0 && RestrictSelf(ruleset) == 0;
  if (!restricted) missing.push_back(std::string("Landlock refuses: ") + std::strerror(errno));
  if (ruleset >= 0) close(static_cast<int>(ruleset));
  if (!restricted) return {};
  return static_cast<uint32_t>(version);
}

}  // namespace garner
