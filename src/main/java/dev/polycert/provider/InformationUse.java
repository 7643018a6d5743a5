package dev.polycert.provider;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a provider takes of the applicant's {@link Information}.
 *
 * @param parts what it sends to the vendor
 * @param always what it sends with any options
 * @param onlyWith the option without which it sends nothing else; null where it always does
 * @param commonName whether it reads the domain from the common name of a CSR
 */
public record InformationUse(
    Set<Information.Part> parts,
    Set<Information.Part> always,
    @Nullable String onlyWith,
    boolean commonName) {
  /** It makes every key itself, and the vendor knows the applicant by the account alone. */
  public static final InformationUse NONE = new InformationUse(Set.of(), null, false);

  public InformationUse {
    parts = Set.copyOf(parts);
    always = Set.copyOf(always);
  }

  /** Use of the same parts with any options that do not switch it off. */
  public InformationUse(
      Set<Information.Part> parts, @Nullable String onlyWith, boolean commonName) {
    this(parts, Set.of(), onlyWith, commonName);
  }

  /** Whether it ever takes a CSR, so that the applicant keeps the private key. */
  public boolean csr() {
    return parts.contains(Information.Part.CSR);
  }

  /** Whether it takes a CSR with these options of a request. */
  public boolean csr(Map<String, String> options) {
    return takes(Information.Part.CSR, options);
  }

  /** Whether it sends a part with these options of a request. */
  public boolean takes(Information.Part part, Map<String, String> options) {
    boolean applies = onlyWith == null || options.containsKey(onlyWith);
    return always.contains(part) || (applies && parts.contains(part));
  }

  /** The given parts that it does not use with these options, by their names in a request. */
  public List<String> unused(Information given, Map<String, String> options) {
    return Stream.of(Information.Part.values())
        .filter(part -> part.in(given) && !takes(part, options))
        .map(part -> "information." + part.member())
        .toList();
  }
}
