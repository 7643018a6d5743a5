package dev.polycert.provider;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a provider takes of the applicant's {@link Information}.
 *
 * @param parts what it sends to the vendor
 * @param always what it sends with any options
 * @param without the members of its parts that the vendor has no place for, such as {@code
 *     administrator.position}
 * @param namesInParts whether it takes the first and last names of people, and not the whole
 * @param onlyWith the option without which it sends nothing else; null where it always does
 * @param commonName whether it reads the domain from the common name of a CSR
 */
public record InformationUse(
    Set<Information.Part> parts,
    Set<Information.Part> always,
    Set<String> without,
    boolean namesInParts,
    @Nullable String onlyWith,
    boolean commonName) {
  private static final String REQUEST = "information.";

  /** For a vendor that makes every key itself, and knows the applicant only by the account. */
  public static final InformationUse NONE = new InformationUse(Set.of(), null, false);

  public InformationUse {
    parts = Set.copyOf(parts);
    always = Set.copyOf(always);
    without = Set.copyOf(without);
  }

  /** Use of the same parts with any options that do not switch it off. */
  public InformationUse(
      Set<Information.Part> parts, @Nullable String onlyWith, boolean commonName) {
    this(parts, Set.of(), Set.of(), false, onlyWith, commonName);
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

  /** Names the given parts and members that the provider does not use with these options. */
  public Optional<String> note(String provider, Information given, Map<String, String> options) {
    List<String> unused = unused(given, options);
    return unused.isEmpty()
        ? Optional.empty()
        : Optional.of(provider + " makes no use of " + String.join(", ", unused));
  }

  /** The given parts and members that it does not use with these options, as in a request. */
  public List<String> unused(Information given, Map<String, String> options) {
    List<String> parts =
        Stream.of(Information.Part.values())
            .filter(part -> part.in(given) && !takes(part, options))
            .map(part -> REQUEST + part.member())
            .toList();
    Stream<String> members =
        Stream.of(
                given.members("information").keySet().stream()
                    .filter(member -> without.contains(member.substring(REQUEST.length()))),
                names(Information.Part.ADMINISTRATOR, given.administrator()),
                names(Information.Part.CONTACT, given.contact()))
            .flatMap(each -> each)
            .filter(member -> parts.stream().noneMatch(part -> member.startsWith(part + ".")));
    return Stream.concat(parts.stream(), members).toList();
  }

  /** The names of a person that others stand in for. */
  private Stream<String> names(Information.Part part, Information.@Nullable Person person) {
    if (person == null || person.name() == null) {
      return Stream.empty();
    }
    String path = REQUEST + part.member() + ".";
    boolean first = person.firstName() != null;
    boolean last = person.lastName() != null;
    if (namesInParts) {
      return first || last ? Stream.of(path + "name") : Stream.empty();
    }
    return Stream.concat(
        first ? Stream.of(path + "firstName") : Stream.empty(),
        last ? Stream.of(path + "lastName") : Stream.empty());
  }
}
