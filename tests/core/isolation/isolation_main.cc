// The test program is its own worker, as `garner worker` is: clients start /proc/self/exe.
#include <gtest/gtest.h>
#include <unistd.h>

#include <string_view>

#include "core/isolation/child_process.h"
#include "core/isolation/probe.h"
#include "core/isolation/worker.h"
#include "garner/init.h"

int main(int argc, char** argv) {
  garner::InitializeLibraries();
  if (argc == 2 && std::string_view(argv[1]) == "worker") _exit(garner::RunWorker(garner::kWorkerSocket));
  if (argc == 4 && std::string_view(argv[1]) == "probe") _exit(garner::RunProbe(garner::kWorkerSocket, argv[2], argv[3]));
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
