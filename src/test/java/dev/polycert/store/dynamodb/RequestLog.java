package dev.polycert.store.dynamodb;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** What a client asked of DynamoDB, in short. */
final class RequestLog implements ExecutionInterceptor {
  private final List<String> requests = new CopyOnWriteArrayList<>();

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    requests.add(describe(context.request()));
  }

  private static String describe(SdkRequest request) {
    return switch (request) {
      case TransactWriteItemsRequest writes -> "write " + writes.transactItems().size();
      case PutItemRequest write -> "write 1";
      case GetItemRequest read -> "read 1";
      case BatchGetItemRequest reads -> "read " + keys(reads);
      case QueryRequest query -> query.indexName() == null ? "query" : "query " + query.indexName();
      case ExecuteStatementRequest statement -> "statement";
      default -> request.getClass().getSimpleName();
    };
  }

  private static int keys(BatchGetItemRequest reads) {
    return reads.requestItems().values().stream()
        .map(KeysAndAttributes::keys)
        .mapToInt(List::size)
        .sum();
  }

  List<String> take() {
    List<String> taken = List.copyOf(requests);
    requests.clear();
    return taken;
  }
}
