package dev.polycert.server;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.amazon.lambda.runtime.AbstractLambdaPollLoop;
import io.quarkus.amazon.lambda.runtime.AmazonLambdaMapperRecorder;
import io.quarkus.funqy.lambda.FunqyLambdaBindingRecorder;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownContext;

/**
 * Has the native executable poll Lambda only where it runs on Lambda. Quarkus starts the poll loop
 * in every native executable; without Lambda it ends at once and stops the whole application, the
 * HTTP server included.
 */
@TargetClass(className = "io.quarkus.funqy.lambda.FunqyLambdaBindingRecorder")
final class FunqyPolling {

  /** The method that Quarkus calls at the start of a native executable. */
  @Substitute
  public void startPollLoop(ShutdownContext shutdown, LaunchMode mode) {
    if (ProcessRole.current() == ProcessRole.FUNCTION) {
      Object loop =
          new FunqyPollLoop(
              (FunqyLambdaBindingRecorder) (Object) this,
              AmazonLambdaMapperRecorder.objectMapper,
              AmazonLambdaMapperRecorder.cognitoIdReader,
              AmazonLambdaMapperRecorder.clientCtxReader,
              mode);
      ((AbstractLambdaPollLoop) loop).startPollLoop(shutdown);
    }
  }
}
