// The files of a run, out of sight until it is complete: they wait in FOLDER/.garner.part, and a list in the output folder's .garner
// names them.
//
//   PendingFiles files(output_dir, "text");
//   Status status = files.Open();                                // or Reopen(position)
//   files.Write("news/harbour.txt", content);                    // text/.garner.part/news/harbour.txt
//   Result<std::string> position = files.Commit();               // durable; any number of times
//   Result<std::vector<std::string>> notes = files.Finish();     // text/news/harbour.txt
//
// Finish also removes what earlier runs wrote and this one did not, as far as their lists name it and it is as they left it.
//
// What is on the disk, in the output folder:
//   FOLDER/.garner.part/     files not in place yet; nothing that the list does not name counts
//   .garner/KEY.files        what the last finished run wrote
//   .garner/KEY.files.part   what this run has written so far; its length is the position
//   .garner/KEY.moved        what Finish is putting in place: may be there though no finished run wrote it
// At every moment KEY.files and KEY.moved together name all that garner may have put into FOLDER. Each step of Finish can be done again, so a
// later process repeats all of them.
//
// One thread. Failures name the file: kConfig for a folder that is not acceptable or that another writer holds, kInvalidInput for a
// position or list that is not what it should be, kIo for everything else.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "file_list.h"
#include "garner/output_file.h"
#include "garner/status.h"

namespace garner::text_files {

class PendingFiles {
 public:
  PendingFiles(const std::string& output_dir, const std::string& folder);
  // Removes what is pending where nothing was committed: with a commit it waits for a later process.
  ~PendingFiles();
  PendingFiles(const PendingFiles&) = delete;
  PendingFiles& operator=(const PendingFiles&) = delete;

  // Afresh: what a killed run left is removed.
  Status Open();
  // What an earlier process had at that Commit.
  Status Reopen(std::string_view position);

  // `name` as FileNames gives it: below the folder, never twice.
  Status Write(const std::string& name, std::string_view content);
  Result<std::string> Commit();
  // Returns what the user should hear of: files that were to be removed, and stayed.
  Result<std::vector<std::string>> Finish();

  // In the order in which they were written.
  const std::vector<ListedFile>& files() const { return files_; }

 private:
  // All that earlier runs may have put into the folder; a name may have had several contents.
  using Known = std::map<std::string, std::vector<Fingerprint>>;

  Status Prepare();
  Status AddList(const std::string& path, Known& known) const;
  Status NoteMoves(const Known& known) const;
  void RemoveVanished(const Known& known, std::vector<std::string>& notes) const;
  Status PutInPlace() const;
  Status PutInPlace(const ListedFile& file) const;
  Status RemovePending();
  Status Sync() const;

  std::string output_dir_;
  std::string option_;   // the folder as it was given
  std::string folder_;   // absolute
  std::string pending_;  // absolute
  std::string list_name_;
  std::string moved_name_;
  std::unique_ptr<OutputFile> list_;
  std::vector<ListedFile> files_;
  bool prepared_ = false;
  bool committed_ = false;
  bool unsynced_ = false;
};

}  // namespace garner::text_files
