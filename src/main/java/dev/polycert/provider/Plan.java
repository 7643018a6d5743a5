package dev.polycert.provider;

import java.util.List;
import java.util.Map;

/**
 * What {@link CertificateProvider#prepare} found out, so that the one write can be made.
 *
 * @param settings what the later calls need and a person may read ({@code siteId}, {@code zoneId})
 * @param candidates vendor resources of which exactly one will be used up (a bought certificate);
 *     the caller reserves one that nobody else has and hands it back as the reference. Empty where
 *     the vendor makes the reference itself. When all are taken, {@link CertificateProvider#place}
 *     is called without a reference, and buys or refuses.
 * @param notes what a person should know (quota left, a purchase that would be made)
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
