import { UsersService } from '@eventstore/db-client/generated/users_grpc_pb.js';
import usersPb from '@eventstore/db-client/generated/users_pb.js';
import { type Server, type ServerWritableStream, status, type UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Caller } from '../security/access.ts';
import { passwordMatches } from '../users/password.ts';
import type { StoredUser, Users } from '../users/users.ts';
import { accessDenied, GrpcFailure, invalidArgument } from './errors.ts';
import { streaming, unary } from './handlers.ts';
import type { NodeContext } from './node-context.ts';

const ADMINS = ['$admins'];

const userMissing = (login: string): GrpcFailure =>
  new GrpcFailure(status.NOT_FOUND, `User '${login}' is not found.`, {
    exception: 'user-not-found',
    'login-name': login,
  });
const userConflict = (login: string): GrpcFailure =>
  new GrpcFailure(status.FAILED_PRECONDITION, `User '${login}' already exists.`, {
    exception: 'user-conflict',
    'login-name': login,
  });

const details = ({ user, updatedMs }: StoredUser): usersPb.DetailsResp =>
  new usersPb.DetailsResp().setUserDetails(
    new usersPb.DetailsResp.UserDetails()
      .setLoginName(user.loginName)
      .setFullName(user.fullName)
      .setGroupsList([...user.groups])
      .setDisabled(user.disabled)
      .setLastUpdated(new usersPb.DetailsResp.UserDetails.DateTime().setTicksSinceEpoch(`${updatedMs}0000`)),
  );

const given = <T>(options: T | undefined): T => {
  if (options === undefined) throw invalidArgument('Options are missing.');
  return options;
};

const found = (users: Users, login: string): StoredUser => {
  const stored = users.find(login);
  if (!stored) throw userMissing(login);
  return stored;
};

export const addUsers = (server: Server, node: NodeContext, users: Users): void => {
  const admin = (caller: Caller): void => node.access.checkRole(caller, ADMINS);
  const setDisabled =
    (disabled: boolean) => async (request: usersPb.EnableReq | usersPb.DisableReq, caller: Caller) => {
      admin(caller);
      await users.change(found(users, given(request.getOptions()).getLoginName()), { disabled });
      return disabled ? new usersPb.DisableResp() : new usersPb.EnableResp();
    };
  const methods = {
    create: unary(node, async (request: usersPb.CreateReq, caller) => {
      admin(caller);
      const options = given(request.getOptions());
      if (users.find(options.getLoginName())) throw userConflict(options.getLoginName());
      await users.create(options.getLoginName(), options.getPassword(), options.getFullName(), options.getGroupsList());
      return new usersPb.CreateResp();
    }),
    update: unary(node, async (request: usersPb.UpdateReq, caller) => {
      admin(caller);
      const options = given(request.getOptions());
      await users.change(found(users, options.getLoginName()), {
        fullName: options.getFullName(),
        groups: options.getGroupsList(),
      });
      return new usersPb.UpdateResp();
    }),
    delete: unary(node, async (request: usersPb.DeleteReq, caller) => {
      admin(caller);
      await users.delete(found(users, given(request.getOptions()).getLoginName()).user.loginName);
      return new usersPb.DeleteResp();
    }),
    enable: unary(node, setDisabled(false)),
    disable: unary(node, setDisabled(true)),
    changePassword: unary(node, async (request: usersPb.ChangePasswordReq, caller) => {
      const options = given(request.getOptions());
      const stored = found(users, options.getLoginName());
      node.access.checkRole(caller, [options.getLoginName(), ...ADMINS]);
      if (!(await passwordMatches(options.getCurrentPassword(), stored.user))) throw accessDenied();
      await users.changePassword(stored, options.getNewPassword());
      return new usersPb.ChangePasswordResp();
    }),
    resetPassword: unary(node, async (request: usersPb.ResetPasswordReq, caller) => {
      admin(caller);
      const options = given(request.getOptions());
      await users.changePassword(found(users, options.getLoginName()), options.getNewPassword());
      return new usersPb.ResetPasswordResp();
    }),
    details: (call: ServerWritableStream<usersPb.DetailsReq, Buffer>) =>
      streaming(node, call, async (caller) => {
        const login = call.request.getOptions()?.getLoginName() ?? '';
        node.access.checkRole(caller, login === '' ? ADMINS : [login, ...ADMINS]);
        const wanted = login === '' ? users.list() : [found(users, login)];
        for (const stored of wanted) call.write(details(stored) as unknown as Buffer);
      }),
  };
  server.addService(UsersService, methods as unknown as UntypedServiceImplementation);
};
