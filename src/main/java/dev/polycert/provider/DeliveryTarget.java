package dev.polycert.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.polycert.call.SecretOptions;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.ServedHost;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A place to deliver issued certificates to. Two targets are equal when they bring a certificate to
 * the same place in the same way, whichever hosts serve it.
 *
 * @param to the id of the deliverer
 * @param options the deliverer's own options; {@link #DOMAIN} in a value stands for the domain
 * @param serves where what is delivered is to be seen, as {@link ServedHost} reads it; {@link
 *     #DOMAIN} stands for the domain. Null for the names of the certificate
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryTarget(
    String to,
    Map<String, String> options,
    // Left out is not the same as none.
    @JsonSetter(nulls = Nulls.SET) @Nullable List<String> serves) {
  /** The placeholder for the domain in an option. */
  public static final String DOMAIN = "{domain}";

  public DeliveryTarget {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    serves = serves == null ? null : List.copyOf(serves);
  }

  /** One whose certificate is served under its names. */
  public DeliveryTarget(String to, Map<String, String> options) {
    this(to, options, null);
  }

  /** The same for another deliverer, or for another account of it. */
  public DeliveryTarget withTo(String other) {
    return new DeliveryTarget(other, options, serves);
  }

  /**
   * The options for one domain. Paths dislike the asterisk of a wildcard, so it becomes a label
   * that no host has; and the colons of an IPv6 address, which become dashes.
   */
  public Map<String, String> optionsFor(DomainName domain) {
    String name = domain.ascii().replace("*", "_wildcard").replace(':', '-');
    Map<String, String> filled = new TreeMap<>();
    options.forEach((option, value) -> filled.put(option, value.replace(DOMAIN, name)));
    return filled;
  }

  /**
   * The hosts for one domain that the target names; empty where it names none. A wildcard has no
   * host of its own.
   */
  public List<ServedHost> servesFor(DomainName domain) {
    String host = domain.isAddress() ? ServedHost.https(domain).bare() : domain.ascii();
    return Objects.requireNonNullElse(serves, List.<String>of()).stream()
        .filter(text -> !domain.wildcard() || !text.contains(DOMAIN))
        .map(text -> ServedHost.parse(text.replace(DOMAIN, host)))
        .toList();
  }

  /** For people: the deliverer and what its options say, except what may be secret. */
  public String summary() {
    return Stream.concat(
            Stream.of(to),
            options.entrySet().stream()
                .filter(option -> !SecretOptions.hides(option.getKey(), option.getValue()))
                // The rest of an address may let its receiver in.
                .map(option -> option.getValue().replaceFirst("^(https?://[^/?#]+).*", "$1")))
        .collect(Collectors.joining(" "));
  }

  /** Whether the other target is equal and names the same hosts. */
  public boolean same(DeliveryTarget other) {
    return equals(other) && Objects.equals(serves, other.serves);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeliveryTarget target
        && target.to.equals(to)
        && target.options.equals(options);
  }

  @Override
  public int hashCode() {
    return Objects.hash(to, options);
  }
}
