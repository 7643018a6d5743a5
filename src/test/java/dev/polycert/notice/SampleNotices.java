package dev.polycert.notice;

import dev.polycert.order.Notice;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Notices and settings of channels for tests. */
final class SampleNotices {
  static final Instant NOW = Instant.parse("2026-11-30T03:04:05Z");
  static final OrderId ORDER = OrderId.parse("ord_1f999e45d49499b99e166f968a0d0116").orElseThrow();

  private SampleNotices() {}

  static Notice failed(String domain) {
    return notice(Notice.Kind.FAILED, domain, "tencent-ssl", "refused");
  }

  static Notice notice(Notice.Kind kind, String domain, String provider, String message) {
    return notice(kind, domain, ORDER, provider, message);
  }

  /** Of a host without an order. */
  static Notice ofHost(Notice.Kind kind, String host) {
    return notice(kind, host, null, null, "it ends soon");
  }

  private static Notice notice(
      Notice.Kind kind,
      String subject,
      @Nullable OrderId order,
      @Nullable String provider,
      String message) {
    return new Notice(
        "1.0",
        kind + "/" + subject,
        "polycert",
        kind.type(),
        subject,
        NOW,
        "application/json",
        new Notice.Data(
            order,
            provider,
            null,
            null,
            subject,
            0,
            null,
            order == null ? null : OrderState.FAILED,
            null,
            "LimitExceeded",
            message,
            "req-1"));
  }

  static Message message(Notice... notices) {
    return new Wording("ops", "ops.", settings("kind", "slack")).message(List.of(notices));
  }

  /** The settings of one channel, as names and values in turn. */
  static NoticeConfig.Channel settings(String... namesAndValues) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.put("polycert.notice.\"ops\"." + namesAndValues[i], namesAndValues[i + 1]);
    }
    return Objects.requireNonNull(config(properties).byName().get("ops"));
  }

  static NoticeConfig config(Map<String, String> properties) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(NoticeConfig.class)
        .withSources(new PropertiesConfigSource(properties, "test", 100))
        .build()
        .getConfigMapping(NoticeConfig.class);
  }
}
