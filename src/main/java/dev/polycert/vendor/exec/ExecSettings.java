package dev.polycert.vendor.exec;

import dev.polycert.call.NamedAccount;
import dev.polycert.program.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** The settings of an account beside the default one, from variables of its own. */
final class ExecSettings implements ExecConfig {
  static final String PROGRAM = "POLYCERT_EXEC_PROGRAM";
  private static final String TIMEOUT = "POLYCERT_EXEC_TIMEOUT";
  private static final String RECORD_TYPES = "POLYCERT_EXEC_RECORD_TYPES";
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Those of validations. */
  private static final Set<String> TYPES = Set.of("TXT", "CNAME");

  private final Optional<Path> program;
  private final Optional<List<String>> environment;
  private final List<String> recordTypes;
  private final Duration timeout;

  private ExecSettings(Config variables) {
    program = NamedAccount.value(variables, PROGRAM, String.class).map(Path::of);
    environment =
        NamedAccount.value(variables, PassedOn.NAMES, String.class).map(ExecSettings::list);
    recordTypes =
        NamedAccount.value(variables, RECORD_TYPES, String.class)
            .map(ExecSettings::list)
            .orElse(List.of("TXT"));
    timeout = NamedAccount.value(variables, TIMEOUT, Duration.class).orElse(Duration.ofSeconds(20));
  }

  private static List<String> list(String text) {
    return COMMA.splitAsStream(text).map(String::strip).toList();
  }

  /** The settings of the account whose beans are being made. */
  static ExecConfig of(ExecConfig ofDefault, Config variables) {
    return NamedAccount.current().isPresent() ? new ExecSettings(variables) : ofDefault;
  }

  /** What is wrong with the settings of the account that beans are being made for. */
  static List<String> wrong(ExecConfig config) {
    Optional<String> program =
        config.program().flatMap(Program::wrong).map(why -> PROGRAM + " " + why);
    Optional<String> timeout =
        Optional.of(config.timeout())
            .filter(time -> !time.isPositive())
            .map(time -> TIMEOUT + " must be more than 0");
    Stream<String> types =
        config.recordTypes().stream()
            .filter(type -> !TYPES.contains(type))
            .map(type -> RECORD_TYPES + " must be of TXT and CNAME, not " + type);
    Stream<String> passed =
        config.environment().stream()
            .flatMap(List::stream)
            .filter(name -> !VARIABLE.matcher(name.strip()).matches())
            .map(name -> PassedOn.NAMES + " must be names of variables, not " + name.strip());
    return Stream.of(program.stream(), timeout.stream(), types, passed)
        .flatMap(Function.identity())
        .map(NamedAccount::variable)
        .toList();
  }

  @Override
  public Optional<Path> program() {
    return program;
  }

  @Override
  public Optional<List<String>> environment() {
    return environment;
  }

  @Override
  public List<String> recordTypes() {
    return recordTypes;
  }

  @Override
  public Duration timeout() {
    return timeout;
  }
}
