#include "core/isolation/landlock.h"

#include <fcntl.h>
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

// Rights that change nothing: to execute (bit 0), to read files and folders (2 and 3), to ask devices (15).
constexpr uint64_t kReadingRights = 1U << 0 | 1U << 2 | 1U << 3 | 1U << 15;
constexpr uint64_t kWriteFile = 1U << 1;
constexpr uint64_t kTruncate = 1U << 14;

// As the kernel has it: without room between its members.
struct __attribute__((packed)) PathRule {
  uint64_t allowed = 0;
  int32_t folder = -1;
};

long AddPathRule(long ruleset, const PathRule& rule) {
#ifdef SYS_landlock_add_rule
  constexpr int kPathBeneath = 1;
  return syscall(SYS_landlock_add_rule, ruleset, kPathBeneath, &rule, 0);
#else
  (void)ruleset, (void)rule;
  errno = ENOSYS;
  return -1;
#endif
}

// Where programs throw away what they do not want; one that is not there is no loss.
void AllowDevices(long ruleset, uint64_t handled) {
  for (const char* path : {"/dev/null", "/dev/zero", "/dev/full"}) {
    const int device = open(path, O_PATH | O_CLOEXEC);
    if (device < 0) continue;
    (void)AddPathRule(ruleset, {handled & (kWriteFile | kTruncate), device});
    close(device);
  }
}

long RestrictSelf(long ruleset) {
#ifdef SYS_landlock_restrict_self
  return syscall(SYS_landlock_restrict_self, ruleset, 0);
#else
  errno = ENOSYS;
  return -1;
#endif
}

// `reading`: rights to files that are left alone where files are not allowed.
std::optional<uint32_t> Restrict(const SandboxRules& rules, uint64_t reading, std::vector<std::string>& missing) {
  const long version = CreateRuleset(nullptr, 0, kAskVersion);
  if (version < 1) {
    missing.push_back("this kernel has no Landlock");
    return {};
  }
  RulesetAttributes attributes;
  if (!rules.files) attributes.handled_access_fs = FileRights(version) & ~reading;
  if (!rules.network && version >= 4) attributes.handled_access_net = kTcpRights;
  if (!rules.network && version >= 6) attributes.scoped |= kAbstractScope;
  if (!rules.processes && version >= 6) attributes.scoped |= kSignalScope;
  if (attributes.handled_access_fs == 0 && attributes.handled_access_net == 0 && attributes.scoped == 0) return {};
  // What it handles is forbidden everywhere, but where a rule allows it.
  const long ruleset = CreateRuleset(&attributes, AttributeBytes(version), 0);
  if (ruleset >= 0 && reading != 0 && !rules.files) AllowDevices(ruleset, attributes.handled_access_fs);
  const bool restricted = ruleset >= 0 && RestrictSelf(ruleset) == 0;
  if (!restricted) missing.push_back(std::string("Landlock refuses: ") + std::strerror(errno));
  if (ruleset >= 0) close(static_cast<int>(ruleset));
  if (!restricted) return {};
  return static_cast<uint32_t>(version);
}

}  // namespace

std::optional<uint32_t> RestrictWithLandlock(const SandboxRules& rules, std::vector<std::string>& missing) {
  return Restrict(rules, rules.loading ? kReadingRights : 0, missing);
}

std::optional<uint32_t> RestrictProgramWithLandlock(const SandboxRules& rules, std::vector<std::string>& missing) {
  return Restrict(rules, kReadingRights, missing);
}

}  // namespace garner
