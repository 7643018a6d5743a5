package dev.polycert.sandbox;

import dev.polycert.setting.OtherSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Names the variables of the sandbox, which the start would take for misspelt ones otherwise. */
@ApplicationScoped
class SandboxSettings implements OtherSettings {
  private static final String PREFIX = "POLYCERT_SANDBOX_";

  @Override
  public List<String> variables() {
    return Stream.concat(
            Arrays.stream(SandboxConfig.class.getMethods()).map(SandboxSettings::variable),
            Stream.of(PREFIX + "LAMBDA_PORT"))
        .toList();
  }

  private static String variable(Method setting) {
    String name = setting.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    return PREFIX + name + (setting.getReturnType() == Map.class ? "_*" : "");
  }
}
