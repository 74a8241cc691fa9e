import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from "@nestjs/common";
import { type Reply, sendReply } from "portcullis/express";

/** A login that is not let in, with what to answer. */
export class RefusedLogin extends HttpException {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super("Signing in did not work.", reply.status);
    this.reply = reply;
  }
}

/** Answers it: the reply as it is, where Nest's own filter would make a body, a type and an entity tag of its own. */
@Catch(RefusedLogin)
export class RefusedLoginFilter implements ExceptionFilter<RefusedLogin> {
  catch({ reply }: RefusedLogin, host: ArgumentsHost): void {
    sendReply(host.switchToHttp().getResponse(), reply);
  }
}
