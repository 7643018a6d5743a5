package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Terms;
import dev.polycert.provider.Validation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an order is placed at its vendor.
 *
 * @param plan what the preparation found for the write ({@code siteId}, {@code zoneId} …)
 * @param reference the vendor's name for it, once known
 * @param appliedAt when the application was sent
 * @param watched whether it was adopted without a request to renew it: Polycert only watches it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Placement(
    Terms terms,
    Map<String, String> plan,
    @Nullable Reference reference,
    List<Validation> validations,
    @Nullable Instant appliedAt,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean watched) {

  public Placement {
    plan = Map.copyOf(plan);
    validations = List.copyOf(validations);
  }

  /** Nothing is sent yet. */
  public static Placement of(Terms terms) {
    return new Placement(terms, Map.of(), null, List.of(), null, false);
  }

  public Placement withTerms(Terms terms) {
    return new Placement(terms, plan, reference, validations, appliedAt, watched);
  }

  public Placement withPlan(Map<String, String> plan) {
    return new Placement(terms, plan, reference, validations, appliedAt, watched);
  }

  public Placement withReference(@Nullable Reference reference) {
    return new Placement(terms, plan, reference, validations, appliedAt, watched);
  }

  public Placement withValidations(List<Validation> validations) {
    return new Placement(terms, plan, reference, validations, appliedAt, watched);
  }

  /** Sent at that time, unless it was sent before. */
  public Placement appliedAt(Instant now) {
    Instant first = appliedAt == null ? now : appliedAt;
    return new Placement(terms, plan, reference, validations, first, watched);
  }

  public Placement withWatched(boolean watched) {
    return new Placement(terms, plan, reference, validations, appliedAt, watched);
  }
}
