package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The DNS records that we publish for an order.
 *
 * @param selfPublished whether we publish the validations, and not a person or the vendor
 */
public record OwnRecords(
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean selfPublished,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Publication> publications) {

  public OwnRecords {
    publications = List.copyOf(publications);
  }

  /** Nothing is published yet. */
  public static OwnRecords none(boolean selfPublished) {
    return new OwnRecords(selfPublished, List.of());
  }

  public OwnRecords withPublications(List<Publication> publications) {
    return new OwnRecords(selfPublished, publications);
  }
}
