package dev.polycert.server;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** The keys of an issuer (RFC 7517, section 5). */
@Path("")
interface JwksApi {

  @GET
  Uni<Response> get();
}
