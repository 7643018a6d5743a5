package dev.polycert.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.store.embedded.OrderFile.UnusableFileException;
import dev.polycert.testing.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is in the file after a crash: a copy of both files of an open order book is such a one. */
class OrderFileTest {
  @RegisterExtension final Resources resources = new Resources();
  private OrderFile file;
  private MVMap<String, String> map;

  @BeforeEach
  void open() {
    file = OrderFile.open(path("orders.mv"), true, new Random());
    resources.add(() -> file.close());
    map = file.index("test");
    put("first", "1");
  }

  private Path path(String name) {
    return resources.directory().resolve(name);
  }

  private static Path journal(Path path) {
    return path.resolveSibling(path.getFileName() + ".journal");
  }

  private void put(String key, String value) {
    map.put(key, value);
    file.commit();
  }

  private Path crash(String name) {
    try {
      Path copy = path(name);
      Files.copy(path("orders.mv"), copy);
      Files.copy(journal(path("orders.mv")), journal(copy));
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What an order book has that is opened there and closed again. */
  private static Map<String, String> contents(Path path) {
    OrderFile opened = OrderFile.open(path, true, new Random());
    try {
      return new HashMap<>(opened.index("test"));
    } finally {
      opened.close();
    }
  }

  @Test
  void aCrashLosesNothingThatWasCommitted() {
    put("second", "2");
    file.values("bytes").put("key", new byte[] {1, 2, 3});
    map.remove("first");
    file.commit();
    map.put("third", "not committed");

    Path crashed = crash("crashed.mv");
    assertThat(contents(crashed)).containsExactlyInAnyOrderEntriesOf(Map.of("second", "2"));
    OrderFile opened = OrderFile.open(crashed, true, new Random());
    assertThat(opened.values("bytes").get("key")).containsExactly(1, 2, 3);
    opened.close();
  }

  @Test
  void aCrashInTheMiddleOfACommitDropsThatCommitAlone() throws IOException {
    put("second", "2");
    long before = Files.size(journal(path("orders.mv")));
    put("third", "3");
    byte[] whole = Files.readAllBytes(journal(path("orders.mv")));
    assertThat(whole.length).isGreaterThan((int) before);

    for (int cut = (int) before; cut < whole.length; cut++) {
      Path crashed = crash("cut-" + cut + ".mv");
      Files.write(journal(crashed), Arrays.copyOf(whole, cut));
      assertThat(contents(crashed)).as("%d bytes", cut).containsOnlyKeys("first", "second");
    }
    whole[whole.length - 1] ^= 1;
    Path damaged = crash("damaged.mv");
    Files.write(journal(damaged), whole);
    assertThat(contents(damaged)).containsOnlyKeys("first", "second");
  }

  @Test
  void whatTheStoreHasTakenInIsNotRepeated() throws IOException {
    put("key", "old");
    byte[] journal = Files.readAllBytes(journal(path("orders.mv")));
    put("key", "new");
    file.takeIn();

    Path crashed = crash("crashed.mv");
    Files.write(journal(crashed), journal);
    assertThat(contents(crashed)).containsEntry("key", "new");
  }

  @Test
  void aSecondCrashBeforeTheNextCommitLosesNothing() {
    put("second", "2");
    Path crashed = crash("crashed.mv");
    OrderFile opened = OrderFile.open(crashed, true, new Random());
    opened.abandon();

    assertThat(contents(crashed)).containsOnlyKeys("first", "second");
  }

  /** A read that fails closes the store, and the order book is closed after that. */
  @Test
  void closingAfterAFailureLosesNothing() {
    put("second", "2");
    file.abandon();
    file.close();

    assertThat(contents(path("orders.mv"))).containsOnlyKeys("first", "second");
  }

  /** It would bring back what orders were before the earlier version moved them on. */
  @Test
  void aJournalIsNotRepeatedOverTheChangesOfAnEarlierVersion() throws IOException {
    put("second", "2");
    Path crashed = crash("crashed.mv");
    try (MVStore earlier = MVStore.open(crashed.toString())) {
      earlier.openMap("other").put("key", "value");
    }

    assertThatThrownBy(() -> OrderFile.open(crashed, true, new Random()))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContaining("earlier version of Polycert")
        .hasMessageContaining(journal(crashed).toString());
    Files.delete(journal(crashed));
    assertThat(contents(crashed)).containsOnlyKeys("first");
  }

  /** A backup that is put back beside the journal that a crash has left, for example. */
  @Test
  void aJournalOfALaterStateIsNotDroppedInSilence() throws IOException {
    file.close();
    Path backup = Files.copy(path("orders.mv"), path("backup.mv"));
    file = OrderFile.open(path("orders.mv"), true, new Random());
    map = file.index("test");
    put("second", "2");
    Files.copy(journal(path("orders.mv")), journal(backup));

    isRefused(backup, "does not belong to the order book beside it");
    assertThat(contents(backup)).containsOnlyKeys("first");
  }

  /** Both have done the same number of things since. */
  @Test
  void ofTwoCopiesThatGoOnApartNoneTakesTheJournalOfTheOther() throws IOException {
    file.close();
    for (String name : List.of("one.mv", "other.mv")) {
      OrderFile copy =
          OrderFile.open(Files.copy(path("orders.mv"), path(name)), true, new Random());
      resources.add(copy::close);
      copy.index("test").put("key", name);
      copy.commit();
    }
    Path mixed = Files.copy(path("one.mv"), path("mixed.mv"));
    Files.copy(journal(path("other.mv")), journal(mixed));

    isRefused(mixed, "does not belong to the order book beside it");
    file = OrderFile.open(path("orders.mv"), true, new Random());
  }

  @Test
  void aJournalThatIsNoneIsRefused() throws IOException {
    Path text = crash("text.mv");
    Files.writeString(journal(text), "Dear reader, ".repeat(100));
    isRefused(text, "is damaged");

    Path large = crash("large.mv");
    try (FileChannel journal = FileChannel.open(journal(large), StandardOpenOption.WRITE)) {
      journal.write(ByteBuffer.allocate(1), 3L << 30);
    }
    isRefused(large, "is damaged");
  }

  private static void isRefused(Path path, String why) throws IOException {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> OrderFile.open(path, true, new Random()))
          .isInstanceOf(UnusableFileException.class)
          .hasMessageContainingAll(
              journal(path).toString(), why, "polycert.store.path", "delete that file");
    }
    Files.delete(journal(path));
    contents(path);
  }

  @Test
  void aJournalThatCannotBeOpenedIsNamed() throws IOException {
    Path path = path("barred.mv");
    Files.createDirectory(journal(path));

    assertThatThrownBy(() -> OrderFile.open(path, true, new Random()))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContainingAll(journal(path).toString(), "polycert.store.path", "directory");
    Files.delete(journal(path));
    assertThat(contents(path)).isEmpty();
  }

  /** A disk may write the beginning of a file that was emptied, and not that it was. */
  @Test
  void whatIsLeftOfTheJournalBeforeIsNotRepeated() throws IOException {
    put("key", "old");
    byte[] before = Files.readAllBytes(journal(path("orders.mv")));
    put("key", "new");
    file.takeIn();
    Path crashed = crash("crashed.mv");
    byte[] head = Files.readAllBytes(journal(crashed));
    System.arraycopy(head, 0, before, 0, head.length);
    Files.write(journal(crashed), before);

    assertThat(contents(crashed)).containsEntry("key", "new");
  }

  @Test
  void theJournalIsTakenInBeforeItGetsLarge() throws IOException {
    OrderFile many = OrderFile.open(path("large.mv"), false, new Random());
    MVMap<String, String> values = many.index("test");
    GroupCommit writer = GroupCommit.start(many);
    String value = "x".repeat(1 << 14);
    for (int i = 0; i < 600; i++) {
      String key = "key" + i;
      writer.write(() -> values.put(key, value));
      assertThat(Files.size(journal(path("large.mv")))).isLessThan(5 << 20);
    }
    Path crashed = path("crashed.mv");
    writer.read(
        () -> {
          try {
            Files.copy(path("large.mv"), crashed);
            return Files.copy(journal(path("large.mv")), journal(crashed));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    writer.close();
    assertThat(contents(crashed)).hasSize(600).containsEntry("key599", value);
  }

  @Test
  void closedItIsOneFile() {
    Path path = path("closed.mv");
    OrderFile opened = OrderFile.open(path, true, new Random());
    opened.index("test").put("key", "value");
    opened.commit();
    assertThat(journal(path)).exists();
    opened.close();

    assertThat(journal(path)).doesNotExist();
    assertThat(contents(path)).containsEntry("key", "value");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions are POSIX")
  void nobodyElseMayReadTheJournal() throws IOException {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(journal(path("orders.mv")))))
        .isEqualTo("rw-------");
  }
}
