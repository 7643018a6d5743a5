package dev.polycert.provider;

import java.util.List;
import java.util.Map;

/**
 * All that {@link CertificateProvider#place} needs for its write.
 *
 * @param settings values that later calls need and a person may read ({@code siteId}, {@code
 *     zoneId})
 * @param candidates vendor resources of which the write uses up one, such as a bought certificate;
 *     the caller reserves a free one for this order, and sets it as the reference. Empty where the
 *     vendor makes the reference itself. When all are taken, {@link CertificateProvider#place} is
 *     called without a reference, and buys or refuses.
 * @param notes for people: the quota that is left, a purchase that would be made
 */
public record Plan(Map<String, String> settings, List<Reference> candidates, List<String> notes) {

  public Plan {
    settings = Map.copyOf(settings);
    candidates = List.copyOf(candidates);
    notes = List.copyOf(notes);
  }

  public static Plan of(Map<String, String> settings) {
    return new Plan(settings, List.of(), List.of());
  }
}
