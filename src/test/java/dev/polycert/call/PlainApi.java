package dev.polycert.call;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

/** The smallest API that a provider may declare. */
@Path("/")
public interface PlainApi {
  @POST
  Uni<Response> call(byte[] body);

  @GET
  Uni<Response> ask(@QueryParam("name") String name);
}
