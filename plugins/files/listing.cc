#include "listing.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "file_names.h"
#include "garner/input_file.h"
#include "glob.h"

namespace garner::files {
namespace {

using Identity = std::pair<dev_t, ino_t>;

Identity IdentityOf(const struct stat& info) { return {info.st_dev, info.st_ino}; }

std::optional<Identity> IdentityOfFolder(const std::string& path) {
  struct stat info {};
  if (path.empty() || stat(path.c_str(), &info) != 0) return std::nullopt;
  return IdentityOf(info);
}

std::string Below(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder.back() == '/' ? folder + name : folder + "/" + name;
}

std::string WithoutTrailingSlashes(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

// The last name of a path; for "." and ".." the name of the folder that they lead to. Empty for "/".
std::string NameOf(const std::string& path) {
  const std::string trimmed = WithoutTrailingSlashes(path);
  std::string name = trimmed.substr(trimmed.rfind('/') + 1);
  if (!name.empty() && name != "." && name != "..") return name;
  const std::unique_ptr<char, decltype(&std::free)> real(realpath(path.c_str(), nullptr), &std::free);
  if (real == nullptr) return {};
  name = real.get();
  return name.substr(name.rfind('/') + 1);
}

// Reads the names in a folder, sorted.
Result<std::vector<std::string>> NamesIn(const std::string& path, const std::string& place) {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(path.c_str()), &closedir);
  const auto failed = [&](int error) {
    const StatusKind kind = error == ENOENT || error == ENOTDIR ? StatusKind::kNotFound : StatusKind::kUnreadable;
    return Status(kind, place + ": the folder cannot be read: " + DescribeFileError(error) + (error == EACCES ? "; grant read permission or exclude it" : ""));
  };
  if (folder == nullptr) return failed(errno);
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
    errno = 0;
  }
  if (errno != 0) return failed(errno);
  std::sort(names.begin(), names.end());
  return names;
}

// Walks one input and adds what it finds to the listing. Folders behind links come after all real ones, each folder once, so that
// links can neither loop nor multiply.
class Walk {
 public:
  Walk(const ListRequest& request, const std::optional<Identity>& output, Listing& listing, uint32_t input, std::vector<std::string_view> glob)
      : request_(request), output_(output), listing_(listing), input_(listing.inputs[input]), index_(input), glob_(std::move(glob)) {}

  void Run() {
    VisitOnce({"", glob_.empty()}, "");
    while (next_link_ < links_.size()) {
      const Folder folder = links_[next_link_++];
      VisitOnce(folder, "a symbolic link to a folder that is read already");
    }
  }

 private:
  struct Folder {
    std::string path;    // below the root
    bool taken = false;  // the glob took it or a folder above it: everything below is read
  };

  std::string PathOf(const std::string& below) const { return below.empty() ? input_.root : Below(input_.root, below); }
  std::string PlaceOf(const std::string& below) const { return PrintableName(below.empty() ? input_.place : Below(input_.place, below)); }

  void Add(const std::string& below, std::optional<Status> problem) {
    FoundFile file;
    const std::string printable = PrintableName(below);
    file.uri = below.empty() ? WithoutTrailingSlashes(input_.uri_prefix) : input_.uri_prefix + printable;
    file.input = index_;
    if (printable != below) file.raw = below;
    if (problem) file.problem = std::make_unique<Status>(*std::move(problem));
    listing_.files.push_back(std::move(file));
  }

  void VisitOnce(const Folder& first, std::string_view problem_of_repeats) {
    struct stat info {};
    if (request_.follow_symlinks && stat(PathOf(first.path).c_str(), &info) == 0 && !visited_.insert(IdentityOf(info)).second)
      return Add(first.path, Status(StatusKind::kInvalidInput, PlaceOf(first.path) + ": is " + std::string(problem_of_repeats) + "; remove or exclude it"));
    std::vector<Folder> pending{first};
    while (!pending.empty()) {
      const Folder folder = std::move(pending.back());
      pending.pop_back();
      ListFolder(folder, pending);
    }
  }

  void ListFolder(const Folder& folder, std::vector<Folder>& pending) {
    const Result<std::vector<std::string>> names = NamesIn(PathOf(folder.path), PlaceOf(folder.path));
    if (!names.ok()) return Add(folder.path, names.status());
    for (const std::string& name : *names) {
      if (name[0] == '.' && !request_.hidden) {
        ++listing_.hidden;
        continue;
      }
      ListName(Below(folder.path, name), folder.taken, pending);
    }
  }

  void ListName(const std::string& below, bool taken, std::vector<Folder>& pending) {
    if (Excluded(below)) {
      ++listing_.filtered;
      return;
    }
    const std::vector<std::string_view> names = SplitPath(below);
    taken = taken || MatchesPath(glob_, names);
    struct stat info {};
    if (lstat(PathOf(below).c_str(), &info) != 0) return AddFile(below, taken, Status(ErrorKind(errno), PlaceOf(below) + ": " + DescribeFileError(errno)));
    if (S_ISLNK(info.st_mode)) return ListLink(below, taken);
    if (S_ISDIR(info.st_mode)) {
      if (output_ == IdentityOf(info) || (!taken && !MayMatchBelow(glob_, names))) return;
      // A folder that a link led to earlier cannot be here: links come last. Behind links every folder counts once.
      if (request_.follow_symlinks && !visited_.insert(IdentityOf(info)).second)
        return Add(below, Status(StatusKind::kInvalidInput, PlaceOf(below) + ": is a folder that is read already by another path; remove or exclude the link to it"));
      return pending.push_back({below, taken});
    }
    AddFile(below, taken, ProblemOf(below, info));
  }

  void ListLink(const std::string& below, bool taken) {
    struct stat target {};
    const bool broken = stat(PathOf(below).c_str(), &target) != 0;
    const int error = broken ? errno : 0;
    const bool folder = !broken && S_ISDIR(target.st_mode);
    if (folder && output_ == IdentityOf(target)) return;
    if (folder && !taken && !MayMatchBelow(glob_, SplitPath(below))) return;
    if (!request_.follow_symlinks) {
      const Status not_followed(StatusKind::kUnsupported, PlaceOf(below) + ": is a symbolic link, and links in folders are not followed; set follow_symlinks or exclude it");
      return folder ? Add(below, not_followed) : AddFile(below, taken, not_followed);
    }
    if (broken) return AddFile(below, taken, Status(ErrorKind(error), PlaceOf(below) + ": a symbolic link that leads nowhere: " + DescribeFileError(error)));
    if (folder) return links_.push_back({below, taken});
    AddFile(below, taken, ProblemOf(below, target));
  }

  std::optional<Status> ProblemOf(const std::string& below, const struct stat& info) const {
    if (S_ISREG(info.st_mode)) return std::nullopt;
    return Status(StatusKind::kUnsupported, PlaceOf(below) + ": is " + DescribeFileType(info.st_mode) + "; only regular files are read");
  }

  static StatusKind ErrorKind(int error) { return error == ENOENT ? StatusKind::kNotFound : StatusKind::kUnreadable; }

  // A file: taken where the glob and `include` take it.
  void AddFile(const std::string& below, bool taken, std::optional<Status> problem) {
    if (!taken) return;
    const bool included = request_.include.empty() || std::any_of(request_.include.begin(), request_.include.end(), [&](const std::string& glob) { return MatchesGlob(glob, below); });
    if (!included) {
      ++listing_.filtered;
      return;
    }
    Add(below, std::move(problem));
  }

  bool Excluded(const std::string& below) const {
    return std::any_of(request_.exclude.begin(), request_.exclude.end(), [&](const std::string& glob) { return MatchesGlob(glob, below); });
  }

  const ListRequest& request_;
  const std::optional<Identity>& output_;
  Listing& listing_;
  const Input& input_;
  uint32_t index_;
  std::vector<std::string_view> glob_;
  std::set<Identity> visited_;
  std::vector<Folder> links_;
  size_t next_link_ = 0;
};

// The leading part of a glob that has no wildcard, and the rest.
struct SplitGlob {
  std::string fixed;
  std::string pattern;
};

SplitGlob SplitAtWildcard(const std::string& path) {
  const size_t wildcard = path.find_first_of("*?[");
  const size_t slash = path.rfind('/', wildcard);
  if (slash == std::string::npos) return {".", path};
  return {slash == 0 ? "/" : path.substr(0, slash), path.substr(slash + 1)};
}

class Lister {
 public:
  explicit Lister(const ListRequest& request) : request_(request), output_(IdentityOfFolder(request.output_dir)) {}

  Result<Listing> Run() {
    listing_.inputs.reserve(request_.paths.size());  // walks keep references
    for (size_t i = 0; i < request_.paths.size(); ++i)
      if (Status status = AddInput(i, request_.paths[i]); !status.ok()) return status;
    std::sort(listing_.files.begin(), listing_.files.end(), [](const FoundFile& a, const FoundFile& b) { return a.uri < b.uri; });
    if (Status status = RefuseRepeats(); !status.ok()) return status;
    return std::move(listing_);
  }

 private:
  Status AddInput(size_t i, const std::string& given) {
    const std::string place = "paths[" + std::to_string(i) + "] '" + PrintableName(given) + "'";
    if (given.empty()) return Status(StatusKind::kConfig, place + ": empty; a file, a folder, a glob or '-' is accepted");
    Input input;
    input.given = given;
    if (given == "-") {
      input.standard_input = true;
      input.uri_prefix = input.place = "-";
      return AddSingle(std::move(input), std::nullopt);
    }
    input.root = Resolve(given);
    input.place = given;
    struct stat info {};
    if (stat(input.root.c_str(), &info) == 0) {
      input.uri_prefix = PrintableName(NameOf(input.root));
      if (S_ISDIR(info.st_mode)) return AddFolder(std::move(input), "");
      std::optional<Status> problem;
      if (!S_ISREG(info.st_mode))
        problem = Status(StatusKind::kUnsupported, PrintableName(given) + ": is " + DescribeFileType(info.st_mode) + "; only regular files, folders and '-' (standard input) are read");
      return AddSingle(std::move(input), std::move(problem));
    }
    const int error = errno;
    const bool absent = error == ENOENT || error == ENOTDIR;
    if (absent && HasWildcard(given)) return AddGlob(std::move(input), place);
    if (absent) return Status(StatusKind::kConfig, place + ": " + DescribeFileError(error) + "; relative paths start at the manifest's folder");
    input.uri_prefix = PrintableName(NameOf(input.root));
    return AddSingle(std::move(input), Status(StatusKind::kUnreadable, PrintableName(given) + ": " + DescribeFileError(error)));
  }

  Status AddSingle(Input input, std::optional<Status> problem) {
    input.single = true;
    FoundFile file;
    file.uri = input.uri_prefix;
    file.input = static_cast<uint32_t>(listing_.inputs.size());
    if (problem) file.problem = std::make_unique<Status>(*std::move(problem));
    listing_.inputs.push_back(std::move(input));
    listing_.files.push_back(std::move(file));
    return OkStatus();
  }

  Status AddFolder(Input input, const std::string& pattern) {
    if (output_ && output_ == IdentityOfFolder(input.root))
      return Status(StatusKind::kConfig, "paths: '" + PrintableName(input.given) + "' reads the output folder itself, and the next run would read what this one writes; give a folder of its own as the output");
    if (!input.uri_prefix.empty()) input.uri_prefix += '/';
    listing_.inputs.push_back(std::move(input));
    Walk(request_, output_, listing_, static_cast<uint32_t>(listing_.inputs.size() - 1), SplitPath(pattern)).Run();
    return OkStatus();
  }

  Status AddGlob(Input input, const std::string& place) {
    const SplitGlob glob = SplitAtWildcard(input.given);
    input.root = Resolve(glob.fixed);
    input.place = glob.fixed;
    input.uri_prefix = PrintableName(NameOf(input.root));
    struct stat info {};
    if (stat(input.root.c_str(), &info) != 0)
      return Status(StatusKind::kConfig, place + ": the folder '" + PrintableName(glob.fixed) + "': " + DescribeFileError(errno) + "; relative paths start at the manifest's folder");
    const size_t before = listing_.files.size();
    if (Status status = AddFolder(std::move(input), glob.pattern); !status.ok()) return status;
    if (listing_.files.size() == before) return Status(StatusKind::kConfig, place + ": the glob matches no file");
    return OkStatus();
  }

  std::string Resolve(const std::string& path) const {
    return path[0] == '/' || request_.manifest_dir.empty() ? path : Below(request_.manifest_dir, path);
  }

  Status RefuseRepeats() const {
    for (size_t i = 1; i < listing_.files.size(); ++i) {
      const FoundFile& first = listing_.files[i - 1];
      const FoundFile& second = listing_.files[i];
      if (first.uri != second.uri) continue;
      const auto [low, high] = std::minmax(first.input, second.input);
      return Status(StatusKind::kConfig, "paths[" + std::to_string(low) + "] '" + PrintableName(listing_.inputs[low].given) + "' and paths[" + std::to_string(high) + "] '" +
                                             PrintableName(listing_.inputs[high].given) + "' both give a document the uri '" + first.uri +
                                             "', and a uri must name one document; give the folder above them as one path, or rename one");
    }
    return OkStatus();
  }

  const ListRequest& request_;
  const std::optional<Identity> output_;
  Listing listing_;
};

}  // namespace

std::string Listing::PathOf(const FoundFile& file) const {
  const Input& input = inputs[file.input];
  if (input.single) return input.root;
  return Below(input.root, file.raw.empty() ? file.uri.substr(input.uri_prefix.size()) : file.raw);
}

std::string Listing::PlaceOf(const FoundFile& file) const {
  const Input& input = inputs[file.input];
  return PrintableName(input.single ? input.place : Below(input.place, file.raw.empty() ? file.uri.substr(input.uri_prefix.size()) : file.raw));
}

Result<Listing> ListFiles(const ListRequest& request) { return Lister(request).Run(); }

}  // namespace garner::files
