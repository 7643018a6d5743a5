package dev.polycert.function.read;

import dev.polycert.domain.ServedHost;
import dev.polycert.provider.DeliveryTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads hosts that serve certificates. */
public final class ServedHostsReader {
  /** Of one target. */
  private static final int MAX_SERVES = 20;

  private static final String EXAMPLE = "www.example.com";

  private ServedHostsReader() {}

  /** Reads hosts, each once, in the order of the request. */
  public static List<ServedHost> hosts(Fields fields, String member, int max) {
    Map<String, String> texts = fields.texts(member, max);
    List<ServedHost> hosts = new ArrayList<>();
    if (texts != null) {
      texts.forEach(
          (path, text) -> {
            ServedHost host = parse(fields, path, text);
            if (host != null) {
              hosts.add(host);
            }
          });
    }
    return hosts.stream().distinct().toList();
  }

  /**
   * Reads the hosts of a delivery, which may contain the domain's placeholder.
   *
   * @return null when they are left out; empty for none at all
   */
  static @Nullable List<String> serves(Fields target) {
    if (target.isEmptyArray("serves")) {
      return List.of();
    }
    Map<String, String> texts = target.texts("serves", MAX_SERVES);
    if (texts == null) {
      return null;
    }
    List<String> hosts = new ArrayList<>();
    texts.forEach(
        (path, text) -> {
          boolean placeholder = text.contains(DeliveryTarget.DOMAIN);
          String filled = text.replace(DeliveryTarget.DOMAIN, EXAMPLE);
          ServedHost host = parse(target, path, filled);
          if (host != null) {
            hosts.add(placeholder ? text : host.toString());
          }
        });
    return hosts.stream().distinct().toList();
  }

  private static @Nullable ServedHost parse(Fields fields, String path, String text) {
    try {
      return ServedHost.parse(text);
    } catch (IllegalArgumentException wrong) {
      fields.errorAt(path, String.valueOf(wrong.getMessage()));
    }
    return null;
  }
}
