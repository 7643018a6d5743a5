package dev.polycert.order;

import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one (domain, provider) pair of a request.
 *
 * @param order the order, except in a dry run
 * @param existing whether the order was there before this request, which then sent nothing new
 * @param plan what a dry run found out
 * @param error why a dry run, or an order that could not be recorded, came to nothing
 * @param passedOver the providers asked before this one, for {@link Strategy#FIRST}
 */
public record Applied(
    DomainName domain,
    String provider,
    @Nullable Order order,
    boolean existing,
    @Nullable Plan plan,
    @Nullable VendorError error,
    List<PassedOver> passedOver) {

  public Applied {
    passedOver = List.copyOf(passedOver);
  }

  /** A provider that could not serve, and why. */
  public record PassedOver(String provider, @Nullable OrderId order, VendorError error) {}
}
