package dev.polycert.whole.secrecy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.polycert.call.Descriptor;
import dev.polycert.notice.ChannelCanaries;
import dev.polycert.testing.Services;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Secrets of every kind that occur nowhere else, and whether they are where they must not be. */
public final class Canaries {
  /** Those that no service's descriptor names, or that have a form of their own. */
  private static final Map<String, String> OF_THEIR_OWN =
      Map.ofEntries(
          Map.entry("AWS_ACCESS_KEY_ID", "CANARYAWSKEYIDf31"),
          Map.entry("AWS_SECRET_ACCESS_KEY", "canary/aws+secret-Tn38"),
          Map.entry("AWS_SESSION_TOKEN", "canary/aws+session-token=4Kd"),
          Map.entry("RFC2136_TSIG_SECRET", key("canary of TSIG (RFC 8945): >>>??")),
          Map.entry("POLYCERT_ACME_CA_CANARY_EAB_HMAC", urlKey("canary of EAB at a CA >>>?? 0123")),
          Map.entry("POLYCERT_API_KEY", "canary/caller+key=Lp29"),
          Map.entry(
              "POLYCERT_DELIVER_WEBHOOK_SECRET", "whsec_" + key("canary of webhooks >>>?? 012345")),
          Map.entry("POLYCERT_DELIVER_SSH_HOST_CANARY_PASSWORD", "canary/of-logins+over=SSH"),
          Map.entry("POLYCERT_DELIVER_KUBERNETES_TOKEN", "canary.of/clusters+token=9Zw"),
          Map.entry("POLYCERT_VAULT_KEY", key("canary of the vault's key >>>???")),
          Map.entry("POLYCERT_VAULT_KEY_PREVIOUS", key("canary of the vault's last >>>??")));

  /** By environment variable. */
  public static final Map<String, String> SECRETS = secrets();

  /** What every private key in PEM has in its first line. */
  public static final String PRIVATE_KEY = "PRIVATE KEY-----";

  /** All of them. */
  public static final Needles NEEDLES =
      Needles.of(
          Stream.concat(SECRETS.values().stream(), ChannelCanaries.SECRETS.values().stream())
              .toList());

  private Canaries() {}

  private static Map<String, String> secrets() {
    Map<String, String> secrets = new TreeMap<>();
    Services.secrets().forEach(variable -> secrets.put(variable.name(), made(variable)));
    secrets.putAll(OF_THEIR_OWN);
    return Collections.unmodifiableMap(secrets);
  }

  /** Letters and digits for an id, which stands in headers; else also what is escaped somewhere. */
  private static String made(Descriptor.Variable variable) {
    String name = variable.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    String mark = HexFormat.of().toHexDigits(variable.name().hashCode());
    return switch (variable.part()) {
      case KEY_ID -> "CANARY" + mark + name;
      case SECRET -> "canary/" + mark + "+" + name;
      case TOKEN -> "canary-" + mark + "_" + name;
      case OTHER -> throw new IllegalArgumentException(variable.name() + " is no secret");
    };
  }

  private static String key(String bytes) {
    return Base64.getEncoder().encodeToString(bytes.getBytes(US_ASCII));
  }

  private static String urlKey(String bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.getBytes(US_ASCII));
  }

  /** The secret of that variable. */
  public static String of(String variable) {
    String secret = SECRETS.get(variable);
    if (secret == null) {
      throw new IllegalArgumentException("no canary for " + variable);
    }
    return secret;
  }

  /** All secrets of a service, in every form. */
  public static String echo(Descriptor service) {
    return service.variables().stream()
        .filter(variable -> SECRETS.containsKey(variable.name()))
        .map(variable -> String.join(" is ", Needles.written(of(variable.name()))))
        .collect(Collectors.joining(", "));
  }

  /** Whether a private key or any of the secrets, in any form, is in the text. */
  public static boolean in(String text) {
    return text.contains(PRIVATE_KEY) || NEEDLES.in(text);
  }
}
