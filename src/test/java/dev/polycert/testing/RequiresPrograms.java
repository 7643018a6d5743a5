package dev.polycert.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a test class where a real program that it works with is not installed, and says which. The
 * script {@code .ci/run} installs all of them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@StartsProcesses
@ExtendWith(RequiresPrograms.Condition.class)
public @interface RequiresPrograms {

  /** The programs' names. */
  String[] value();

  /** Looks for the programs. */
  final class Condition implements ExecutionCondition {
    private static final Map<String, String> PACKAGES =
        Map.of(
            "knotd",
            "knot",
            "sshd",
            "openssh-server",
            "ssh-keygen",
            "openssh-client",
            "kubectl",
            "kubernetes-client",
            "postgres",
            "postgresql");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      RequiresPrograms wanted =
          context.getRequiredTestClass().getAnnotation(RequiresPrograms.class);
      List<String> missing =
          wanted == null
              ? List.of()
              : Stream.of(wanted.value()).filter(program -> !installed(program)).toList();
      return missing.isEmpty()
          ? ConditionEvaluationResult.enabled("all programs are installed")
          : ConditionEvaluationResult.disabled(
              "not installed: "
                  + String.join(", ", missing)
                  + "; apt-get install "
                  + String.join(
                      " ", missing.stream().map(it -> PACKAGES.getOrDefault(it, it)).toList()));
    }

    private static boolean installed(String program) {
      return program.equals("postgres")
          ? PostgresqlServer.installed()
          : Stream.concat(
                  Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/bin", "/usr/sbin"))
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
  }
}
