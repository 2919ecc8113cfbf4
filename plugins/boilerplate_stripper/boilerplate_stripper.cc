// Takes out what a page puts around its text: one chain for every format, from blocks over features and score to boundary and
// decision.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "analysis.h"
#include "decision.h"
#include "forest.h"
#include "garner/plugin.h"
#include "garner_plugins/boilerplate_stripper/options.pb.h"
#include "lexicon.h"
#include "model_features.h"
#include "page_features.h"

namespace garner::boilerplate_stripper {

class BoilerplateStripper final : public Transform<BoilerplateStripperOptions> {
 public:
  Status Open() override {
    policy_ = PolicyFor(options().favor());
    for (const std::string& name : options().keep()) Keep(name);
    if (Status status = LoadLexicons(); !status.ok()) return status;
    return LoadModels();
  }

  Status Process(const v1::Document& document, Edits& edits) override {
    const Analysis analysis(document, *lexicon_);
    for (const Decided& decided : Decide(analysis, models_, policy_)) {
      const v1::Block& block = document.blocks(static_cast<int>(decided.block));
      edits.Erase({block.begin(), block.end()},
                  {.rule = KindName(decided.rule), .score = decided.score, .threshold = decided.threshold});
    }
    return OkStatus();
  }

 private:
  // A kind of content or a rule.
  void Keep(const std::string& name) {
    const auto content = std::find(kContentNames.begin(), kContentNames.end(), name);
    if (content != kContentNames.end()) {
      policy_.keep_content[static_cast<size_t>(content - kContentNames.begin())] = true;
    } else {
      policy_.keep[static_cast<size_t>(KindNamed(name))] = true;
    }
  }

  Status LoadLexicons() {
    namespace fs = std::filesystem;
    std::vector<std::string> files;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(context().data_dir(), error))
      if (entry.path().extension() == ".lexicon") files.push_back(entry.path().string());
    if (error || files.empty())
      return Status(StatusKind::kNotFound, context().data_dir() + ": no .lexicon files there; the plugin is not installed whole");
    std::sort(files.begin(), files.end());
    for (const std::string& file : options().lexicons()) files.push_back((fs::path(context().manifest_dir()) / file).string());
    // A file is named for its language: de.lexicon.
    for (const std::string& file : files) policy_.languages.insert(fs::path(file).stem().string());
    Result<std::shared_ptr<const Lexicon>> lexicon = Lexicon::Load(files);
    if (!lexicon.ok()) return lexicon.status();
    lexicon_ = *std::move(lexicon);
    return OkStatus();
  }

  Status LoadModels() {
    Result<std::shared_ptr<const Forest>> text = Forest::Load(ModelFile(options().model(), "text.model"), ModelFeatures::Names());
    if (!text.ok()) return text.status();
    Result<std::shared_ptr<const PageModel>> page = PageModel::Load(ModelFile(options().page_model(), "page.model"));
    if (!page.ok()) return page.status();
    models_ = {*std::move(text), *std::move(page)};
    return OkStatus();
  }

  // `own`: what the option says, relative to the manifest; empty: the bundled one.
  std::string ModelFile(const std::string& own, const std::string& bundled) const {
    return own.empty() ? context().data_dir() + "/" + bundled : (std::filesystem::path(context().manifest_dir()) / own).string();
  }

  std::shared_ptr<const Lexicon> lexicon_;
  Models models_;
  Policy policy_;
};

}  // namespace garner::boilerplate_stripper

GARNER_PLUGIN(garner::boilerplate_stripper::BoilerplateStripper)
