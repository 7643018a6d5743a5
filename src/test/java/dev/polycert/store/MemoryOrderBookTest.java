package dev.polycert.store;

import dev.polycert.order.OrderBook;

class MemoryOrderBookTest extends OrderBookContractTest {

  @Override
  protected OrderBook emptyBook() {
    return new MemoryOrderBook();
  }
}
