// Processes that end in every way.
#include "core/isolation/child_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include "core/isolation/channel.h"

namespace garner {
namespace {

std::unique_ptr<ChildProcess> Shell(const std::string& script) {
  Result<std::unique_ptr<ChildProcess>> child = ChildProcess::Spawn("/bin/sh", {"sh", "-c", script});
  EXPECT_TRUE(child.ok()) << child.status().message();
  return *std::move(child);
}

TEST(ChildProcess, SaysHowItEnded) {
  const Ending exited = Shell("exit 7")->WaitForEnd();
  EXPECT_EQ(exited.exit_status, 7);
  EXPECT_EQ(exited.signal, 0);
  EXPECT_FALSE(exited.killed);
  const Ending died = Shell("kill -TERM $$")->WaitForEnd();
  EXPECT_EQ(died.signal, SIGTERM);
  EXPECT_FALSE(died.killed);
  const Ending killed = Shell("read line; exec sleep 1000 <&3")->Kill();
  EXPECT_EQ(killed.signal, SIGKILL);
  EXPECT_TRUE(killed.killed);
}

TEST(ChildProcess, AProgramThatIsNotThereIsAFailure) {
  const auto child = ChildProcess::Spawn("/nowhere/garner", {"garner"});
  ASSERT_FALSE(child.ok());
  EXPECT_EQ(child.status().message(), "cannot start a child process: /nowhere/garner: No such file or directory");
}

TEST(ChildProcess, TalksOverDescriptorThreeOnly) {
  // A frame "hi" on the socket; standard output goes nowhere; standard input is empty.
  const auto child = Shell("echo lost; cat; printf '\\002\\000\\000\\000\\000\\000\\000\\000hi' >&3");
  Channel channel(child->socket());
  ASSERT_EQ(channel.Receive({}), Channel::Event::kOk);
  EXPECT_EQ(channel.head(), "hi");
  EXPECT_EQ(channel.Receive({}), Channel::Event::kClosed);
}

// A sink's file that leaks into a child would stay open as long as the child lives.
TEST(ChildProcess, InheritsNoOtherDescriptor) {
  const int open_file = open("/dev/null", O_RDONLY);  // without O_CLOEXEC, as the standard library opens
  ASSERT_GE(open_file, 0);
  const auto child = Shell("for fd in /proc/self/fd/*; do n=${fd##*/}; [ $n -le 3 ] || [ ! -e /proc/$$/fd/$n ] || exit 9; done; exit 0");
  EXPECT_EQ(child->WaitForEnd().exit_status, 0);
  close(open_file);
}

TEST(Channel, ADeadlinePasses) {
  const auto child = Shell("read line <&3");
  Channel channel(child->socket());
  EXPECT_TRUE(channel.Quiet());
  EXPECT_EQ(channel.Receive(std::chrono::steady_clock::now()), Channel::Event::kTooLate);
  // More than a socket buffers, and nobody reads.
  EXPECT_EQ(channel.Send("", std::string(10'000'000, 'x'), std::chrono::steady_clock::now()), Channel::Event::kTooLate);
}

TEST(Channel, NoFrameIsMalformed) {
  const auto child = Shell("printf 'this is not a frame at all' >&3");
  Channel channel(child->socket());
  EXPECT_EQ(channel.Receive({}), Channel::Event::kMalformed);
  EXPECT_FALSE(channel.Quiet());
}

}  // namespace
}  // namespace garner
