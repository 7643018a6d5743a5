package dev.polycert.order;

import dev.polycert.domain.Finding;
import java.util.List;

/**
 * What a check of one order came to.
 *
 * @param findings what we saw ourselves of each validation, before the vendor was asked; advisory
 */
public record Checked(Order order, List<Finding> findings) {

  public Checked {
    findings = List.copyOf(findings);
  }
}
