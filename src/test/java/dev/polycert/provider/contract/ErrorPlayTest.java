package dev.polycert.provider.contract;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.stream.Stream;

/** Lets the vendors answer with every error code there is, and looks what the caller sees of it. */
@QuarkusTest
@TestProfile(ContractProfile.class)
class ErrorPlayTest extends PlacingPlays {

  static Stream<ErrorPlay> plays() {
    return ErrorPlay.all(true);
  }
}
