package dev.polycert.vendor.tencent.ssldeploy;

import dev.polycert.domain.Printable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cloud resources that an update looks through (UpdateCertificateInstance).
 *
 * @param types as the API names them
 * @param regions where those types are looked for that exist region by region
 */
record ResourceScope(List<String> types, List<String> regions) {
  static final String ALL = "all";

  /** "ResourceTypes", in the order of the page. */
  static final List<String> TYPES =
      List.of(
          "clb",
          "cdn",
          "waf",
          "live",
          "ddos",
          "teo",
          "apigateway",
          "vod",
          "tke",
          "tcb",
          "tse",
          "cos",
          "mqtt",
          "scf",
          "tdmq",
          "gaap");

  /** "ResourceTypesRegions": must be given for these. */
  private static final Set<String> REGIONAL =
      Set.of("clb", "tke", "apigateway", "waf", "tcb", "tse", "cos", "mqtt", "scf", "tdmq");

  private static final Pattern REGION = Pattern.compile("[a-z]{2,8}(-[a-z0-9]{1,20}){1,3}");

  /** Reads the options; {@link #wrong} reports the errors in them. */
  static ResourceScope of(String update, @Nullable String regions) {
    List<String> types = update.equals(ALL) ? TYPES : list(update);
    return new ResourceScope(types, regions == null ? List.of() : list(regions));
  }

  static List<String> list(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .distinct()
        .toList();
  }

  static boolean isRegion(String text) {
    return REGION.matcher(text).matches();
  }

  /** What is wrong with the options, under their names. */
  void wrong(String updateOption, String regionsOption, Map<String, String> wrong) {
    List<String> unknown = types.stream().filter(type -> !TYPES.contains(type)).toList();
    if (types.isEmpty() || !unknown.isEmpty()) {
      String which =
          unknown.isEmpty()
              ? ""
              : "has %s, which no update knows; ".formatted(Printable.of(unknown.toString(), 80));
      wrong.put(updateOption, which + "must be all, or a comma-separated list of " + TYPES);
      return;
    }
    if (!regions.stream().allMatch(ResourceScope::isRegion)) {
      wrong.put(regionsOption, "must be a comma-separated list such as ap-guangzhou,ap-shanghai");
    } else if (regions.isEmpty() && !regional().isEmpty()) {
      wrong.put(
          regionsOption, "is missing; the vendor looks for " + regional() + " region by region");
    } else if (!regions.isEmpty() && regional().isEmpty()) {
      wrong.put(
          regionsOption, "counts for none of " + types + ", which are in no region; leave it out");
    }
  }

  /** Those of the types that exist region by region. */
  List<String> regional() {
    return types.stream().filter(REGIONAL::contains).toList();
  }

  /** Whether an update looks there. */
  boolean covers(@Nullable String type, @Nullable String region) {
    return types.contains(type)
        && (!REGIONAL.contains(type) || Stream.of(region).anyMatch(regions::contains));
  }
}
