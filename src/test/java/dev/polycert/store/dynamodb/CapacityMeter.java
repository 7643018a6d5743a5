package dev.polycert.store.dynamodb;

import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/** Adds up what a client's requests consumed, with that of the indexes. */
final class CapacityMeter implements ExecutionInterceptor {
  private static final ReturnConsumedCapacity ALL = ReturnConsumedCapacity.INDEXES;

  private final DoubleAdder reads = new DoubleAdder();
  private final DoubleAdder writes = new DoubleAdder();

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    return switch (context.request()) {
      case TransactWriteItemsRequest it -> it.toBuilder().returnConsumedCapacity(ALL).build();
      case BatchGetItemRequest it -> it.toBuilder().returnConsumedCapacity(ALL).build();
      case GetItemRequest it -> it.toBuilder().returnConsumedCapacity(ALL).build();
      case QueryRequest it -> it.toBuilder().returnConsumedCapacity(ALL).build();
      default -> context.request();
    };
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    switch (context.response()) {
      case TransactWriteItemsResponse it -> add(writes, it.consumedCapacity());
      case BatchGetItemResponse it -> add(reads, it.consumedCapacity());
      case GetItemResponse it -> add(reads, List.of(it.consumedCapacity()));
      case QueryResponse it -> add(reads, List.of(it.consumedCapacity()));
      // DynamoDB Local does not report it. Half a unit for each shard, as a query that finds
      // nothing.
      case ExecuteStatementResponse it -> reads.add(TableSchema.SHARDS / 2.0);
      default -> {}
    }
  }

  private static void add(DoubleAdder sum, List<ConsumedCapacity> consumed) {
    consumed.forEach(one -> sum.add(one.capacityUnits()));
  }

  /** Forgets what was consumed so far. */
  void reset() {
    reads.reset();
    writes.reset();
  }

  double readUnits() {
    return reads.sum();
  }

  double writeUnits() {
    return writes.sum();
  }
}
