package dev.polycert.provider.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.provider.Credentials;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** Secrets that occur nowhere else, and whether they are found where they must not be. */
final class Canaries {
  /** By environment variable. */
  static final Map<String, String> SECRETS =
      new TreeMap<>(
          Map.of(
              "TENCENTCLOUD_SECRET_ID", "CANARYTENCENTKEYIDq8",
              "TENCENTCLOUD_SECRET_KEY", "canary/tencent+secret-Zk41",
              "TENCENTCLOUD_TOKEN", "canary-tencent-session-token-7Yp",
              "ALIBABA_CLOUD_ACCESS_KEY_ID", "CANARYALIBABAKEYIDw2",
              "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "canary/alibaba+secret-Hd07",
              "ALIBABA_CLOUD_SECURITY_TOKEN", "canary-alibaba-session-token-3Rt",
              "HUAWEICLOUD_SDK_AK", "CANARYHUAWEIKEYIDv55",
              "HUAWEICLOUD_SDK_SK", "canary/huawei+secret-Jm62",
              "HUAWEICLOUD_SDK_SECURITY_TOKEN", "canary-huawei-session-token-9Qx"));

  /** What every private key in PEM has in its first line. */
  static final String PRIVATE_KEY = "PRIVATE KEY-----";

  private static final List<String> NEEDLES =
      Stream.concat(
              Stream.of(PRIVATE_KEY),
              SECRETS.values().stream().flatMap(secret -> forms(secret).stream()))
          .toList();

  private Canaries() {}

  /** The secret itself, escaped, in hex, and what its base64 looks like at any place of a text. */
  private static List<String> forms(String secret) {
    List<String> forms = new ArrayList<>(escaped(secret));
    for (int before = 0; before < 3; before++) {
      String encoded =
          Base64.getEncoder()
              .withoutPadding()
              .encodeToString(("x".repeat(before) + secret).getBytes(UTF_8));
      // The first and the last characters depend on the neighbours.
      forms.add(encoded.substring(before == 0 ? 0 : before + 1, encoded.length() - 2));
    }
    return forms;
  }

  private static List<String> escaped(String secret) {
    return List.of(
        secret,
        secret.replace("/", "\\/"),
        secret.replace("/", "\\u002f").replace("+", "\\u002b"),
        secret.replace("/", "%2F").replace("+", "%2B"),
        secret.replace("/", "%2f").replace("+", "%2b"),
        HexFormat.of().formatHex(secret.getBytes(UTF_8)),
        HexFormat.of().withUpperCase().formatHex(secret.getBytes(UTF_8)));
  }

  static String base64(String secret) {
    return Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));
  }

  /** All secrets of the vendor that has these variables, in every form. */
  static String echo(List<String> variables) {
    String vendor = variables.getFirst().substring(0, variables.getFirst().indexOf('_'));
    return SECRETS.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(vendor))
        .map(
            entry ->
                String.join(" is ", escaped(entry.getValue()))
                    + " is "
                    + base64(entry.getValue())
                    + " or "
                    + base64("id:" + entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** The keys of the vendor that has these variables, its id's and its secret's first. */
  static Credentials credentials(List<String> variables) {
    return Credentials.read(
        ConfigProvider.getConfig(), variables.get(0), variables.get(1), variables.get(0));
  }

  /** Whether a private key or any of the secrets, as it is or in base64, is in the text. */
  static boolean in(String text) {
    return NEEDLES.stream().anyMatch(text::contains);
  }
}
