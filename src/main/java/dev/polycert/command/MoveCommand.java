package dev.polycert.command;

import dev.polycert.store.Move;
import io.quarkus.runtime.QuarkusApplication;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * {@code move --from <kind> --to <kind>}: copies all orders, and what belongs to them, from one
 * kind of store to another. The settings of both say where they are.
 */
public class MoveCommand implements QuarkusApplication {
  private static final Logger LOG = Logger.getLogger(MoveCommand.class);

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int MISUSED = 2;

  private static final String USAGE =
      "move --from <kind> --to <kind>, where a kind is embedded, postgresql or dynamodb";

  private final Move move;

  MoveCommand(Move move) {
    this.move = move;
  }

  /**
   * Runs the command.
   *
   * @return the exit code: 0 when all was copied and found alike, 1 when not, 2 for other arguments
   */
  @Override
  public int run(String... arguments) {
    Optional<Kinds> kinds = kinds(List.of(arguments));
    if (kinds.isEmpty()) {
      LOG.errorf(
          "The arguments are \"%s\"; they must be none, or %s", String.join(" ", arguments), USAGE);
      return MISUSED;
    }
    try {
      LOG.info(move.run(kinds.get().from, kinds.get().to).await().indefinitely());
      return DONE;
    } catch (RuntimeException failure) {
      LOG.debug("Not moved", failure);
      String why = failure.getMessage();
      LOG.errorf("Not moved: %s", why == null ? failure : why);
      return FAILED;
    }
  }

  private record Kinds(String from, String to) {}

  private static Optional<Kinds> kinds(List<String> arguments) {
    int from = arguments.indexOf("--from");
    int to = arguments.indexOf("--to");
    boolean whole =
        arguments.size() == 5
            && arguments.getFirst().equals("move")
            && Math.min(from, to) == 1
            && Math.max(from, to) == 3;
    return whole
        ? Optional.of(new Kinds(arguments.get(from + 1), arguments.get(to + 1)))
        : Optional.empty();
  }
}
