package dev.polycert.store;

import dev.polycert.order.OrderBook;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;

/**
 * Picks the order book of this process.
 *
 * <p>Every kind of order book is a bean with its own {@link Identifier}, and so no candidate for a
 * plain injection point. The choice is made at run time, because one artifact (and one native
 * executable) serves every deployment: that rules out {@code @IfBuildProperty}, and
 * {@code @LookupIfProperty} acts on programmatic look-ups only, which this already is.
 */
class OrderBooks {

  @Produces
  @ApplicationScoped
  OrderBook orderBook(StoreConfig config, @Any Instance<OrderBook> books) {
    return chosen(config, books).get();
  }

  /**
   * The configured one of the kinds of stores, without making it.
   *
   * @throws IllegalStateException when there is no such kind
   */
  static <T> Instance<T> chosen(StoreConfig config, Instance<T> kinds) {
    Instance<T> chosen = kinds.select(Identifier.Literal.of(config.kind()));
    if (!chosen.isResolvable()) {
      throw new IllegalStateException(
          "polycert.store.kind is \"%s\"; it must be \"embedded\", \"postgresql\" or \"dynamodb\""
              .formatted(config.kind()));
    }
    return chosen;
  }
}
