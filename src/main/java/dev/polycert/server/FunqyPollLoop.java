package dev.polycert.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.funqy.lambda.FunqyLambdaBindingRecorder;
import io.quarkus.runtime.LaunchMode;

/** Names the poll loop of Funqy, an anonymous class, for {@link FunqyPolling}. */
@TargetClass(className = "io.quarkus.funqy.lambda.FunqyLambdaBindingRecorder$1")
final class FunqyPollLoop {

  @Alias
  FunqyPollLoop(
      FunqyLambdaBindingRecorder recorder,
      ObjectMapper mapper,
      ObjectReader identities,
      ObjectReader contexts,
      LaunchMode mode) {}
}
