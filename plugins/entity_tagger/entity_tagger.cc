// Marks people, groups, organisations, places, events, laws, dates and amounts.
#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "garner/plugin.h"
#include "garner_plugins/entity_tagger/options.pb.h"
#include "tag.h"

namespace garner::entity_tagger {

class EntityTagger final : public Transform<EntityTaggerOptions> {
 public:
  Status Open() override {
    Result<std::shared_ptr<const Lists>> lists = Lists::Load(context().data_dir());
    if (!lists.ok()) return lists.status();
    lists_ = *std::move(lists);
    const std::string path = options().has_model() ? BesideManifest(options().model()) : context().data_dir() + "/entities.model";
    Result<std::shared_ptr<const NameModel>> model = NameModel::Load(path);
    if (!model.ok()) return model.status();
    model_ = *std::move(model);
    return OpenOwnLists();
  }

  Status Process(const v1::Document& document, Edits& edits) override {
    std::map<std::string_view, uint64_t> counts;  // by label
    for (const Mention& mention : Tag(document, *lists_, model_.get(), {options().month_first(), own_.get()})) {
      if (!Wanted(mention)) continue;
      ++counts[mention.label];
      edits.Annotate({.span = {mention.begin, mention.end},
                      .set = "entities",
                      .label = mention.label,
                      .canonical = mention.canonical,
                      .value = mention.value,
                      .confidence = mention.confidence});
    }
    for (const auto& [label, count] : counts) edits.Signal("entities." + std::string(label), static_cast<double>(count));
    return OkStatus();
  }

 private:
  std::string BesideManifest(const std::string& path) const {
    return (std::filesystem::path(context().manifest_dir()) / path).string();
  }

  Status OpenOwnLists() {
    if (options().lists().empty()) return OkStatus();
    std::vector<UserListFile> files;
    for (const UserList& list : options().lists())
      files.push_back({BesideManifest(list.file()), list.type(), list.canonical_column()});
    Result<std::shared_ptr<const UserLists>> own = UserLists::Load(files, uint64_t{options().max_lists_mb()} << 20);
    if (!own.ok()) return own.status();
    own_ = *std::move(own);
    return OkStatus();
  }

  bool Wanted(const Mention& mention) const {
    if (mention.own) return true;
    if (mention.confidence < options().min_confidence()) return false;
    return options().labels().empty() ||
           std::find(options().labels().begin(), options().labels().end(), mention.label) != options().labels().end();
  }

  std::shared_ptr<const Lists> lists_;
  std::shared_ptr<const NameModel> model_;
  std::shared_ptr<const UserLists> own_;
};

}  // namespace garner::entity_tagger

GARNER_PLUGIN(garner::entity_tagger::EntityTagger)
