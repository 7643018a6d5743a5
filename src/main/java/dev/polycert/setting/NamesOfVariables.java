package dev.polycert.setting;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.common.utils.StringUtil;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Names the environment variable beside each setting that comes from one: the messages about values
 * that cannot be read have this name, and operators know the variable.
 */
public final class NamesOfVariables implements ConfigSourceInterceptor {
  private static final long serialVersionUID = 1L;

  private static final String OURS = "polycert.";

  @Override
  public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
    ConfigValue value = context.proceed(name);
    return value != null && name.startsWith(OURS) && isOfEnvironment(value)
        ? value.withName("%s (%s)".formatted(name, variable(name)))
        : value;
  }

  private static boolean isOfEnvironment(ConfigValue value) {
    return EnvConfigSource.NAME.equals(value.getConfigSourceName());
  }

  private static String variable(String name) {
    // A quote at the end is one underscore together with what it closes.
    String unquoted = name.endsWith("\"") ? name.substring(0, name.length() - 1) : name;
    String variable = StringUtil.replaceNonAlphanumericByUnderscores(unquoted);
    return (unquoted.equals(name) ? variable : variable + "_").toUpperCase(Locale.ROOT);
  }
}
