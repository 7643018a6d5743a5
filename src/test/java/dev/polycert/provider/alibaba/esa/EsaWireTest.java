package dev.polycert.provider.alibaba.esa;

import dev.polycert.provider.FixtureServer;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.provider.ProviderTestProfile;
import dev.polycert.provider.http.RestClients;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ProviderTestProfile.class)
class EsaWireTest {
  @Inject RestClients clients;
  @Inject Vertx vertx;

  @Test
  void wire() {
    try (FixtureServer vendor = new FixtureServer(vertx, r -> "x")) {
      vendor.on("x", Reply.of(200, "{}"));
      EsaApi api =
          clients.build(
              EsaApi.class,
              vendor.uri(),
              c ->
                  System.err.println(
                      "FILTER " + c.getUri() + " " + c.getStringHeaders() + " " + c.getEntity()));
      api.applyCertificate("1", "*.a b~c,ü.example.com+x/%41", "t").await().indefinitely();
      api.listSites("a b", "suffix", 1, 2).await().indefinitely();
      vendor.received().forEach(System.err::println);
    }
  }
}
