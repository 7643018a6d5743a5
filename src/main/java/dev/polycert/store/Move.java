package dev.polycert.store;

import static java.util.stream.Collectors.joining;

import dev.polycert.order.OrderBook;
import dev.polycert.store.Kept.Kind;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Copies everything that a store keeps to a store of another kind that is empty, while no process
 * uses either, and compares the two. The source stays as it is.
 *
 * <p>From before the first copy until the two were found alike, the target has a mark that names
 * the source. So a move that was interrupted can be run again: it copies everything once more, and
 * replaces the first copies.
 */
@ApplicationScoped
public class Move {
  private static final Logger LOG = Logger.getLogger(Move.class);

  /** The prefix of a mark. A mark is stored like the time of periodic work. */
  private static final String MARK = "move from ";

  private final Instance<Portable> stores;
  private final Clock clock;

  Move(@Any Instance<Portable> stores, Clock clock) {
    this.stores = stores;
    this.clock = clock;
  }

  /** The move was not begun, or not ended well; the message names the reason and the remedy. */
  public static final class MoveException extends RuntimeException {
    MoveException(String message) {
      super(message);
    }
  }

  /**
   * Copies the store of one kind to that of another.
   *
   * @return what was copied, for people
   * @throws MoveException as the failure, when the kinds are wrong, the source has nothing, the
   *     target has something else, or the two differ in the end
   * @throws Portable.StoreInUseException as the failure, when another process uses one of them
   */
  public Uni<String> run(String from, String to) {
    return Uni.createFrom()
        .deferred(
            () -> {
              if (from.equals(to)) {
                throw new MoveException(
                    "--from and --to are both \"%s\"; they must be two kinds of stores"
                        .formatted(from));
              }
              return run(store("--from", from), store("--to", to));
            });
  }

  private Portable store(String option, String kind) {
    Instance<Portable> chosen = stores.select(Identifier.Literal.of(kind));
    if (!chosen.isResolvable()) {
      throw new MoveException(
          "%s is \"%s\"; it must be \"embedded\", \"postgresql\" or \"dynamodb\""
              .formatted(option, kind));
    }
    return chosen.get();
  }

  Uni<String> run(Portable source, Portable target) {
    if (!source.exists()) {
      throw new MoveException(source.place() + " has nothing to move: it is not there");
    }
    String mark = MARK + source.place();
    return source
        .requireIdle()
        .chain(target::requireIdle)
        .chain(() -> found(source))
        .invoke(there -> requireWhole(there, source))
        .call(there -> found(target).invoke(other -> requireEmpty(other, target, mark)))
        .call(
            there -> {
              LOG.infof("Copying from %s to %s: %s", source.place(), target.place(), there.tally);
              return target
                  .put(List.of(Kept.turn(mark, clock.instant())))
                  .chain(() -> copy(source, target));
            })
        .call(there -> compare(there.tally, source, target))
        .call(there -> source.requireIdle())
        .call(there -> target.removeTurn(mark))
        .map(
            there ->
                "Copied from %s to %s, and found alike in both: %s"
                    .formatted(source.place(), target.place(), there.tally));
  }

  /**
   * The contents of a store.
   *
   * @param marks of moves to it that have not ended
   */
  private record Found(Tally tally, List<String> marks) {}

  private static Uni<Found> found(Portable store) {
    Found found = new Found(new Tally(), new ArrayList<>());
    return store
        .contents()
        .invoke(
            things -> {
              found.tally.add(unmarked(things));
              things.stream().filter(Move::isMark).map(Kept::key).forEach(found.marks::add);
            })
        .collect()
        .last()
        .replaceWith(found);
  }

  private static void requireWhole(Found there, Portable source) {
    if (!there.marks.isEmpty()) {
      throw new MoveException(
          "%s has only a part of what it should have: end the %s first"
              .formatted(source.place(), there.marks.getFirst()));
    }
    if (there.tally.empty()) {
      throw new MoveException(source.place() + " has nothing to move");
    }
  }

  /** Copies that an interrupted move from the same source has left may be there. */
  private static void requireEmpty(Found there, Portable target, String mark) {
    if (there.marks.stream().anyMatch(other -> !other.equals(mark))
        || there.marks.isEmpty() && !there.tally.empty()) {
      throw new MoveException(
          Stream.concat(
                  Stream.of("%s is not empty, it has %s".formatted(target.place(), there.tally)),
                  there.marks.stream().map("left by an interrupted "::concat))
              .collect(joining(", ", "", "; move to an empty one")));
    }
  }

  private static Uni<Void> copy(Portable source, Portable target) {
    return source
        .contents()
        .onItem()
        .transformToUniAndConcatenate(target::put)
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** The source is read once more, because a process may have begun to use it meanwhile. */
  private static Uni<Found> compare(Tally before, Portable source, Portable target) {
    return found(source)
        .invoke(
            after ->
                requireAlike(
                    before,
                    after.tally,
                    source.place()
                        + " has changed meanwhile; stop all processes that use it, and move again"))
        .chain(after -> found(target))
        .invoke(
            copied ->
                requireAlike(
                    before,
                    copied.tally,
                    target.place() + " is not like the source; empty it, and move again"));
  }

  private static void requireAlike(Tally before, Tally now, String otherwise) {
    List<Kind> differences = before.differences(now);
    if (!differences.isEmpty()) {
      throw new MoveException(
          differences.stream()
              .map(kind -> "%s, and now %s".formatted(before.text(kind), now.text(kind)))
              .collect(joining("; ", otherwise + " (", ")")));
    }
  }

  private static List<Kept> unmarked(List<Kept> things) {
    return things.stream().filter(thing -> !isMark(thing) && !isTrial(thing)).toList();
  }

  /** A process that was started and stopped again has left nothing. */
  private static boolean isTrial(Kept thing) {
    return thing.kind() == Kind.TURN && thing.key().equals(OrderBook.TRIAL);
  }

  private static boolean isMark(Kept thing) {
    return thing.kind() == Kind.TURN && thing.key().startsWith(MARK);
  }
}
