// Marks people, groups, organisations, places, events, laws, dates and amounts.
#include <algorithm>
#include <filesystem>

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
    // One of the user's own stands beside the manifest.
    const std::string path = options().has_model() ? (std::filesystem::path(context().manifest_dir()) / options().model()).string()
                                                   : context().data_dir() + "/entities.model";
    Result<std::shared_ptr<const NameModel>> model = NameModel::Load(path);
    if (!model.ok()) return model.status();
    model_ = *std::move(model);
    return OkStatus();
  }

  Status Process(const v1::Document& document, Edits& edits) override {
    for (const Mention& mention : Tag(document, *lists_, model_.get(), {options().month_first()})) {
      if (mention.confidence < options().min_confidence() || !Wanted(mention.label)) continue;
      edits.Annotate({.span = {mention.begin, mention.end},
                      .set = "entities",
                      .label = mention.label,
                      .canonical = mention.canonical,
                      .value = mention.value,
                      .confidence = mention.confidence});
    }
    return OkStatus();
  }

 private:
  bool Wanted(std::string_view label) const {
    return options().labels().empty() ||
           std::find(options().labels().begin(), options().labels().end(), label) != options().labels().end();
  }

  std::shared_ptr<const Lists> lists_;
  std::shared_ptr<const NameModel> model_;
};

}  // namespace garner::entity_tagger

GARNER_PLUGIN(garner::entity_tagger::EntityTagger)
